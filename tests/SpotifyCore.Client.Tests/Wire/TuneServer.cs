using SpotifyCore.Client.Tests.Network;
using static SpotifyCore.Client.Tests.Wire.RawDesktopPeer;

namespace SpotifyCore.Client.Tests.Wire;

/// <summary>Serves a track, in bytes, to a desktop that plays it.</summary>
internal sealed class TuneServer(RawDesktopPeer peer, Tune tune)
{
    /// <summary>The track's second half waits for this.</summary>
    public Task Rest { get; init; } = Task.CompletedTask;

    /// <summary>Chunks that one have covers, a multiple of 64; as many haves follow as it takes.</summary>
    public int ChunksInAHave { get; init; } = 65_536;

    /// <summary>True to answer the first request for chunks with "not offered".</summary>
    public bool ForgetsOffer { get; init; }

    /// <summary>Serves what is asked until the play has ended; what that was.</summary>
    public async Task<List<(int Kind, int Id)>> ServeAsync(Task playing)
    {
        var asked = new List<(int Kind, int Id)>();
        while (true)
        {
            var next = peer.Dialogue.ReadFrameAsync();
            await Task.WhenAny(next, playing);
            if (!next.IsCompleted)
                return asked;

            var frame = await next;
            var (kind, request) = (BitConverter.ToUInt16(frame, 4), BitConverter.ToInt32(frame, 6));
            if (kind is 14 or 16 or 23)
                asked.Add((kind, request));

            var isFirst = asked.Count(static earlier => earlier.Kind == 14) == 1;
            await (kind switch
            {
                23 => peer.Dialogue.SendAsync($"09000000 1800 00000000  {Convert.ToHexStringLower(frame.AsSpan(10, 8))} 00"),
                16 => OfferAsync(request),
                14 when ForgetsOffer && isFirst => peer.Dialogue.SendAsync($"02000000 0800 {Little(request)}  1d00"),
                14 => GiveAsync(request, BitConverter.ToInt32(frame, 26), BitConverter.ToUInt16(frame, 30)),
                9 => peer.Dialogue.SendAsync($"02000000 0800 {Little(request)}  1500"),
                _ => Task.CompletedTask,
            });
        }
    }

    /// <summary>Haves of parts that happen to be all of it: the first answers, the others come unasked.</summary>
    private async Task OfferAsync(int request)
    {
        for (var first = 0; first < (int)tune.Manifest.ChunkCount; first += ChunksInAHave)
        {
            var count = Math.Min(ChunksInAHave, (int)tune.Manifest.ChunkCount - first);
            var bits = new byte[(count + 7) / 8];
            for (var i = 0; i < count; i++)
                bits[i / 8] |= (byte)(1 << (i % 8));

            await peer.Dialogue.SendAsync(
                $"{Little(26 + bits.Length)} 1100 {Little(first == 0 ? request : 0)}  {Hex(tune.Manifest.File)} 02 00"
                + $" {Little(first)} {Little(count)} {Convert.ToHexStringLower(bits)}");
        }
    }

    private async Task GiveAsync(int request, int first, int count)
    {
        if (first + count > tune.Manifest.ChunkCount / 2)
            await Rest;

        for (var index = first; index < first + count; index++)
            await GiveAsync(request, index);
    }

    /// <summary>A chunk in two pieces, said to come from a cache.</summary>
    private async Task GiveAsync(int request, int index)
    {
        var chunk = tune.Chunk((uint)index).ToArray();
        var half = chunk.Length / 2;
        foreach (var (at, bytes) in new[] { (0, chunk[..half]), (half, chunk[half..]) })
        {
            await peer.Dialogue.SendAsync(
                $"{Little(10 + bytes.Length)} 0f00 {Little(request)}  {Little(index)} {Little(at)[..4]}"
                + $" {Little(chunk.Length)[..4]} 01 00 {Convert.ToHexStringLower(bytes)}");
        }
    }
}
