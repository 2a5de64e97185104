using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Serving;

/// <summary>What a server says of its files, and of its disk.</summary>
public sealed class ChunkServerListTests : IHeldFiles, IFileIntake
{
    private const int Count = 2_500;
    private readonly FileShelf _shelf = new();
    private readonly FileId[] _files =
        [.. Enumerable.Range(1, Count).Select(static n => new FileId(new Id128((ulong)n << 40, (ulong)n)))];

    [Fact]
    public async Task List_ManyFiles_GivesAllPagesInOrder()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        var listed = new List<FileId>();
        for (var more = true; more;)
        {
            var page = await client.ListAsync(listed.LastOrDefault());
            Assert.InRange(page!.Files.Count, 1, ListedFiles.MaxCount);
            listed.AddRange(page.Files);
            more = page.HasMore;
        }

        Assert.Equal(_files, listed);
    }

    [Fact]
    public async Task List_WhereNothingIsListed_IsNull()
    {
        await using var server = await ServerFixture.TcpAsync(_shelf.Backend);
        await using var client = await server.ConnectAsync();

        Assert.Null(await client.ListAsync(default));
        Assert.True(client.IsAlive);
    }

    [Fact]
    public async Task List_BytesOfTheSpecification_AnsweredAsWritten()
    {
        await using var server = await StartAsync();
        await using var peer = await RawPeer.GreetAsync(server, PeerRole.Node);

        await peer.Connection.SendAsync(Convert.FromHexString(
            "12000000" + "1900" + "01000000" + _files[1] + "0200"));
        var (answer, payload) = (await peer.ReceiveWithPayloadAsync())!.Value;

        Assert.Equal(PeerMessage.List(1, 2, hasMore: true), answer);
        Assert.Equal($"{_files[2]}{_files[3]}", Convert.ToHexStringLower(payload));
    }

    [Fact]
    public async Task Have_GoesByWhatIsHeldAndNotByTheManifest()
    {
        var file = TestFile.Create(3, 1_000);
        _shelf.With(file);
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        Assert.Equal(HaveKind.None, await client.HoldsAsync(file.Id));
        Assert.Equal(HaveKind.Whole, await client.HoldsAsync(_files[7]));
    }

    [Fact]
    public async Task Put_DiskFull_SaysSoAndServesOn()
    {
        var file = TestFile.Create(4, 100_000);
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(_shelf, _shelf, Intake: this));
        await using var client = await server.ConnectAsync();

        Assert.Equal(PutOutcome.NoSpace, await client.PutAsync(file.Manifest, new FileReader(file)));
        Assert.True(client.IsAlive);
    }

    [Theory]
    [InlineData("00000000000000000000000000000002" + "00000000000000000000000000000001")]
    [InlineData("00000000000000000000000000000001" + "00000000000000000000000000000001")]
    [InlineData("0000000000000000000000000000000102")]
    public void Read_ListOutOfOrderOrCut_IsMalformed(string files)
    {
        var payload = Convert.FromHexString(files);
        var frame = new byte[FrameHeader.Size + 1 + payload.Length];
        new FrameHeader(1 + payload.Length, PeerMessageKind.List, 1).Write(frame);
        payload.CopyTo(frame, FrameHeader.Size + 1);

        var broken = Assert.Throws<ProtocolException>(() =>
        {
            ReadOnlySpan<byte> rest = frame;
            FrameReader.TryRead(ref rest, out var read);
            MessageCodec.Read(read, out _);
        });
        Assert.Equal(ProtocolCode.Malformed, broken.Code);
    }

    public bool Holds(FileId file) => _files.Contains(file);

    public async ValueTask<FilePage> ListAsync(FileId after, int limit, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        FileId[] rest = [.. _files.Where(file => file.CompareTo(after) > 0)];
        return new FilePage([.. rest.Take(limit)], rest.Length > limit);
    }

    public ValueTask<IFileIntakeWriter?> BeginAsync(Manifest manifest, CancellationToken cancellationToken = default)
    {
        // As the system says it: /dev/full is a disk that is always full.
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        full.Write(new byte[1]);
        return default;
    }

    private Task<ServerFixture> StartAsync() =>
        ServerFixture.TcpAsync(new ChunkServerBackend(_shelf, _shelf, Held: this));
}
