using SpotifyCore.Harness.Clients;
using SpotifyCore.Harness.Running;

namespace SpotifyCore.Harness.Faults;

/// <summary>A restless listener: plays, skips, seeks, pauses, leaves and comes back.</summary>
internal sealed class FaultListener(World world, SimClient client, Dice dice)
{
    /// <summary>False to do nothing any more.</summary>
    public bool IsAwake { get; set; } = true;

    public void Begin() => Later(1, 120);

    private void Later(double least, double most) => world.After(dice.Seconds(least, most), Act);

    private void Act()
    {
        if (!IsAwake)
            return;

        if (client.IsOnline)
            Listen();
        else
            ComeOnline();

        Later(1, dice.Happens(0.2) ? 300 : 40);
    }

    private void ComeOnline()
    {
        client.ComeOnline();
        if (client.Spec.Lies == LieKind.None)
            return;

        // A liar says at once that it has everything.
        world.After(TimeSpan.FromSeconds(2), () =>
        {
            for (var track = 0; client.IsOnline && track < FaultWorld.Tracks; track++)
                world.AccessPoint.Announce(client, track);
        });
    }

    private void Listen()
    {
        switch (dice.Below(16))
        {
            case < 4:
                client.Play(Track());
                client.SetNext(Track());
                break;
            case < 8:
                client.Enqueue(Track());
                break;
            case 8:
                client.Skip();
                break;
            case 9 or 10:
                client.Seek(dice.Seconds(0, 300));
                break;
            case 11:
                client.Pause();
                world.After(dice.Seconds(0.1, 100), client.Resume);
                break;
            case 12:
                client.SetNext(dice.Happens(0.3) ? null : Track());
                break;
            case 13:
                client.Stop();
                break;
            case 14 when dice.Happens(0.3):
                client.GoOffline();
                break;
            default:
                client.Resume();
                break;
        }
    }

    // Half of all wishes are for a handful of tracks, so that there are swarms.
    private int Track() => dice.Below(dice.Happens(0.5) ? 6 : FaultWorld.Tracks);
}
