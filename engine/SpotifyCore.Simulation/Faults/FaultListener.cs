using SpotifyCore.Core.Queueing;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Faults;

/// <summary>
/// A restless listener: plays, skips, seeks, pauses, arranges the queue, keeps tracks offline, leaves and comes back.
/// </summary>
internal sealed class FaultListener(World world, SimClient client, Dice dice)
{
    /// <summary>False to do nothing any more.</summary>
    public bool IsAwake { get; set; } = true;

    public void Begin()
    {
        // A liar says at once that it has everything.
        if (client.Spec.Lies != LieKind.None)
            world.AccessPoint.Arrived += Boast;

        Later(1, 120);
    }

    private void Later(double least, double most) => world.After(dice.Seconds(least, most), Act);

    private void Act()
    {
        if (!IsAwake)
            return;

        if (client.IsOnline)
            Listen();
        else
            client.ComeOnline();

        Later(1, dice.Happens(0.2) ? 300 : 40);
    }

    private void Boast(SimHost arrived)
    {
        for (var track = 0; arrived == client && track < FaultWorld.Tracks; track++)
            world.AccessPoint.Announce(client, track);
    }

    private void Listen()
    {
        switch (dice.Below(16))
        {
            case < 3:
                client.Play(Track(), Track());
                break;
            case < 7:
                client.Enqueue(Track());
                break;
            case 7:
                client.Skip();
                break;
            case 8 or 9:
                client.Seek(dice.Seconds(0, 300));
                break;
            case 10:
                client.Pause();
                world.After(dice.Seconds(0.1, 100), client.Resume);
                break;
            case 11:
                client.SetNext(dice.Happens(0.3) ? null : Track());
                break;
            case 12 or 13:
                Arrange();
                break;
            case 14 when dice.Happens(0.5):
                client.Stop();
                break;
            case 14:
                client.KeepOffline([.. Enumerable.Range(0, dice.Below(4)).Select(_ => Track())]);
                break;
            case 15 when dice.Happens(0.3):
                client.GoOffline();
                break;
            default:
                client.Resume();
                break;
        }
    }

    /// <summary>Does something with the queue.</summary>
    private void Arrange()
    {
        switch (dice.Below(8))
        {
            case 0:
                client.PlayNext(Track());
                break;
            case 1:
                client.GoBack();
                break;
            case 2:
                client.JumpTo(Place());
                break;
            case 3:
                client.RemoveAt(Place());
                break;
            case 4:
                client.Shuffle(dice.Happens(0.7), (ulong)dice.Below(1_000));
                break;
            case 5 or 6:
                client.Repeat(dice.Pick([RepeatMode.Off, RepeatMode.All, RepeatMode.One]));
                break;
            default:
                client.Play([.. Enumerable.Range(0, 1 + dice.Below(8)).Select(_ => Track())]);
                break;
        }
    }

    private int Place() => dice.Below(1 + client.Playback.Queue.Entries.Count);

    // Half of all wishes are for a handful of tracks, so that there are swarms.
    private int Track() => dice.Below(dice.Happens(0.5) ? 6 : FaultWorld.Tracks);
}
