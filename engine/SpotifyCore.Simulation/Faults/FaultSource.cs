using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Faults;

/// <summary>Breaks things: hosts crash, sleep, slow down, vanish; the network divides; servers go away.</summary>
internal sealed class FaultSource(World world, Dice dice)
{
    /// <summary>False to break nothing any more.</summary>
    public bool IsAwake { get; set; } = true;

    public void Begin() => world.After(dice.Seconds(5, 60), Break);

    /// <summary>Mends what stays broken until it is mended.</summary>
    public void Mend()
    {
        IsAwake = false;
        world.AccessPoint.IsDown = false;
        foreach (var node in world.Nodes)
            node.Recover();
    }

    private void Break()
    {
        if (!IsAwake)
            return;

        var client = dice.Pick(world.Clients);
        switch (dice.Below(13))
        {
            case 0 or 1:
                client.Crash();
                break;
            case 2 or 3:
                client.Kill();
                break;
            case 4:
                client.SleepUntil(world.Now + dice.Seconds(1, 300));
                break;
            case 5 or 6:
                Slow(client);
                break;
            case 7:
                client.CutOffUntil(world.Now + dice.Seconds(1, 180));
                break;
            case 8:
                Divide();
                break;
            case 9:
                client.DamageSound();
                break;
            case 10 or 11:
                BreakNode(dice.Pick(world.Nodes));
                break;
            default:
                world.AccessPoint.IsDown = true;
                world.After(dice.Seconds(1, 90), () => world.AccessPoint.IsDown = false);
                break;
        }

        Begin();
    }

    private void Slow(Clients.SimClient client)
    {
        var factor = dice.Scale(0.005, 0.5);
        client.SetLine(client.Spec.DownBytesPerSecond * factor, client.Spec.UpBytesPerSecond * factor);
        world.After(
            dice.Seconds(1, 180), () => client.SetLine(client.Spec.DownBytesPerSecond, client.Spec.UpBytesPerSecond));
    }

    private void Divide()
    {
        var until = world.Now + dice.Seconds(1, 120);
        foreach (var client in world.Clients)
            client.Separate(dice.Below(2), until);

        foreach (var node in world.Nodes)
            node.Separate(dice.Below(2), until);
    }

    private void BreakNode(SimNode node)
    {
        switch (dice.Below(4))
        {
            case 0:
                node.Stop();
                world.After(dice.Seconds(1, 300), node.Recover);
                break;
            case 1:
                node.Crash();
                world.After(dice.Seconds(1, 300), node.Recover);
                break;
            case 2:
                node.SleepUntil(world.Now + dice.Seconds(1, 60));
                break;
            default:
                var factor = dice.Scale(0.005, 0.5);
                node.SetLine(node.Spec.DownBytesPerSecond * factor, node.Spec.UpBytesPerSecond * factor);
                world.After(
                    dice.Seconds(1, 120), () => node.SetLine(node.Spec.DownBytesPerSecond, node.Spec.UpBytesPerSecond));
                break;
        }
    }
}
