using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Shells;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>The two loops of a link: one receives, one sends what was gathered.</summary>
internal sealed class ClientLoops(IConnection connection, ClientLink link)
{
    private const int ReceiveBytes = 256 * 1024;
    private readonly LoopSignal _gathered = new();

    /// <summary>
    /// Takes in that there may be something to send: it leaves on the caller's thread, if nothing is being sent.
    /// </summary>
    public void Wake() => _gathered.Set();

    /// <summary>Runs until the connection is over, then disposes it.</summary>
    public async Task RunAsync()
    {
        var sending = SendAsync();
        try
        {
            await ReceiveAsync();
        }
        finally
        {
            link.Lose();
            _gathered.Set();
            await connection.DisposeAsync();
            await sending;
        }
    }

    private async Task ReceiveAsync()
    {
        using var buffer = new ReceiveBuffer(ReceiveBytes);
        try
        {
            while (true)
            {
                if (buffer.IsEmpty && link.IsIdle)
                {
                    buffer.Release();
                    await connection.ReceiveAsync(Memory<byte>.Empty);
                }

                var length = await connection.ReceiveAsync(buffer.GetSpace());
                if (length == 0)
                    return;

                buffer.Received(length);
                link.TakeFrames(buffer);
                _gathered.Set();
            }
        }
        catch (IOException)
        {
            // Lost: everything in flight ends.
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var gathered = link.TakeGathered(out var over);
                if (!gathered.IsEmpty)
                    await connection.SendAsync(gathered);
                else if (over)
                    break;
                else
                    await _gathered.WaitAsync();
            }
        }
        catch (IOException)
        {
            // The receiving loop sees it too.
        }

        link.LeaveSoon();
    }
}
