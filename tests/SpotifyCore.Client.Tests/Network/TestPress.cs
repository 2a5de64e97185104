using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Google.Protobuf;
using SpotifyCore.Codec.Ogg;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>
/// Makes music and imports it as the tool does: encoded, sealed, put to the master, added to the catalogue.
/// </summary>
internal sealed class TestPress : IAsyncDisposable
{
    private const int Common = 160_000;

    private static readonly IOpusCodec Codec = OpusCodecs.Select(OpusCodecChoice.Auto);

    private readonly NodeIdentity _identity;
    private readonly EndpointChannel _channel;
    private readonly ChunkClient _master;

    private TestPress(NodeIdentity identity, EndpointChannel channel, ChunkClient master)
    {
        _identity = identity;
        _channel = channel;
        _master = master;
    }

    /// <summary>While it is set, no master has the data of what is made.</summary>
    public bool LosesData { get; set; }

    public static async Task<TestPress> OpenAsync(string url)
    {
        var identity = NodeIdentity.Create();
        var channel = new EndpointChannel(new EndpointChannelOptions { Address = url });
        var login = await LogInAsync(channel, identity, TestNetwork.Importer);
        channel.Session = login.Session;
        var masters = await channel.Librarian().GetMastersAsync(new GetMastersRequest());
        var address = new NodeAddress(PeerId.Read(masters.Nodes[0].Id.Span), masters.Nodes[0].Host, masters.Nodes[0].Port);
        var transport = new TlsTransport(identity, new TransportOptions(), TimeProvider.System);
        var master = await ChunkClient.ConnectAsync(transport, address, login.Ticket.Ticket_.Memory);
        return new TestPress(identity, channel, master);
    }

    /// <summary>Makes a track of a tone of its own and imports it.</summary>
    public async Task<Tune> MakeAsync(string title, double seconds, int seed, string album = "", int number = 0) =>
        (await ImportAsync(Sing(seconds, seed), title, album, number, [Common]))[0];

    /// <summary>The same, in several qualities, each of which is a tune.</summary>
    public Task<Tune[]> MakeAsync(string title, double seconds, int seed, int[] qualities) =>
        ImportAsync(Sing(seconds, seed), title, album: "", number: 0, qualities);

    /// <summary>Makes an advert of a tone of its own and imports it.</summary>
    public async Task<Tune> AdvertiseAsync(string title, double seconds, int seed, string campaign) =>
        (await ImportAsync(Sing(seconds, seed), title, "", 0, [Common], new AdvertTerms { Campaign = campaign }))[0];

    /// <summary>A listener's ticket for a key.</summary>
    public async Task<ReadOnlyMemory<byte>> TicketAsync(
        NodeIdentity identity, string name, Contracts.DeviceKind kind = Contracts.DeviceKind.Desktop)
    {
        var login = await LogInAsync(_channel, identity, name, kind);
        return login.Ticket.Ticket_.Memory;
    }

    /// <summary>Logs in with a key.</summary>
    public static Task<LoginReply> LogInAsync(
        EndpointChannel channel, NodeIdentity identity, string name,
        Contracts.DeviceKind kind = Contracts.DeviceKind.Desktop)
    {
        var request = new LoginRequest
        {
            Name = name,
            Password = TestNetwork.Password,
            PeerKey = ByteString.CopyFrom(identity.ExportPublicKey()),
            DeviceKind = kind,
        };
        return channel.AccessPoint().LogInAsync(request, challenge => KeyProof.Sign(identity, challenge, name));
    }

    /// <summary>True when the tracker tells of a peer for a track, which it plays or holds.</summary>
    public async Task<bool> IsToldOfAsync(Tune tune, PeerId holder)
    {
        var file = new byte[FileId.Size];
        tune.Manifest.File.Write(file);
        var found = await _channel.AccessPoint().FindPeersAsync(new FindPeersRequest { File = ByteString.CopyFrom(file) });
        return found.Peers.Any(peer => PeerId.Read(peer.Id.Span) == holder);
    }

    public async ValueTask DisposeAsync()
    {
        await _master.DisposeAsync();
        _channel.Dispose();
        _identity.Dispose();
    }

    private async Task<Tune[]> ImportAsync(
        short[] pcm, string title, string album, int number, int[] qualities, AdvertTerms? advert = null)
    {
        var hash = SHA256.HashData(MemoryMarshal.AsBytes(pcm.AsSpan()));
        var track = TrackId.FromHash(hash);
        var request = new AddTrackRequest
        {
            SourceHash = ByteString.CopyFrom(hash),
            Encoder = "test",
            SourceName = $"{title}.wav",
            Track = track.ToString(),
            Tags = new TrackTags { Title = title, AlbumTitle = album, Number = number },
            Loudness = -12,
            Peak = 0.9f,
            Advert = advert,
            Cover = new Cover { MediaType = "image/png", Data = ByteString.CopyFrom(CoverOf(title)) },
        };
        request.Tags.Artists.Add("The Testers");
        var tunes = new List<Tune>();
        foreach (var bits in qualities)
        {
            var (tune, file) = await PutAsync(pcm, track, bits);
            tunes.Add(tune);
            request.Files.Add(file);
        }

        await _channel.Librarian().AddTrackAsync(request);
        return [.. tunes];
    }

    private async Task<(Tune Tune, ImportedFile File)> PutAsync(short[] pcm, TrackId track, int bits)
    {
        var (plain, seeks) = Encode(pcm, track, bits);
        var plaintextHash = ByteString.CopyFrom(SHA256.HashData(plain));
        var derived = await _channel.Librarian().DeriveKeyAsync(new DeriveKeyRequest { PlaintextHash = plaintextHash });
        var heard = Decode(plain);
        var audio = new AudioProperties(track, bits, pcm.Length / 2, OpusFileWriter.PreSkip, -6, 0.9f);
        var manifest = Seal(plain, seeks, ContentKey.Read(derived.ContentKey.Span), audio);
        var tune = new Tune(track, manifest, plain, heard);
        if (!LosesData)
            Assert.Equal(PutOutcome.Stored, await _master.PutAsync(manifest, new TuneReader(tune)));

        return (tune, new ImportedFile { Manifest = ByteString.CopyFrom(manifest.Bytes.Span), PlaintextHash = plaintextHash });
    }

    /// <summary>The bytes of a track's cover: a few messages long.</summary>
    public static byte[] CoverOf(string title)
    {
        var bytes = new byte[200_000];
        new Random(title.Length).NextBytes(bytes);
        return bytes;
    }

    private static short[] Sing(double seconds, int seed)
    {
        var samples = (int)(seconds * 48_000);
        var random = new Random(seed);
        var (left, right) = (200 + (seed * 37 % 400), 310 + (seed * 53 % 500));
        var pcm = new short[samples * 2];
        for (var i = 0; i < samples; i++)
        {
            pcm[i * 2] = (short)((9_000 * Math.Sin(i * left * Math.Tau / 48_000)) + random.Next(-900, 900));
            pcm[(i * 2) + 1] = (short)((8_000 * Math.Sin(i * right * Math.Tau / 48_000)) + random.Next(-900, 900));
        }

        return pcm;
    }

    private static (byte[] Plain, SeekTable Seeks) Encode(short[] pcm, TrackId track, int bits)
    {
        using var file = new MemoryStream();
        using var encoder = Codec.CreateEncoder(2, bits);
        var seeks = new SeekTable();
        var writer = new OpusFileWriter(file, encoder, OpusStreamInfo.For(track, Codec), seeks.Add);
        writer.Write(pcm);
        writer.Finish();
        return (file.ToArray(), seeks);
    }

    private static short[] Decode(byte[] plain)
    {
        using var opus = Codec.CreateDecoder(2);
        var decoder = new OpusTrackDecoder(opus);
        var heard = new List<short>();
        for (var at = 0; ; )
        {
            while (decoder.TryRead(out var interleaved))
            {
                foreach (var sample in interleaved)
                    heard.Add((short)MathF.Round(Math.Clamp(sample * 32_768f, short.MinValue, short.MaxValue)));
            }

            if (at == plain.Length)
                return [.. heard];

            at += decoder.Push(plain.AsSpan(at));
        }
    }

    /// <summary>Seals in place.</summary>
    private static Manifest Seal(byte[] plain, SeekTable seeks, ContentKey key, in AudioProperties audio)
    {
        using var seal = new ChunkSeal(key);
        var writer = new ManifestWriter();
        for (uint index = 0; index * (long)Manifest.ChunkSize < plain.Length; index++)
        {
            var at = (int)index * Manifest.ChunkSize;
            var chunk = plain.AsSpan(at, Math.Min(Manifest.ChunkSize, plain.Length - at));
            seal.Apply(index, chunk);
            writer.Add(chunk, seeks.Of(index));
        }

        return writer.Finish(audio);
    }

    private sealed class TuneReader(Tune tune) : IChunkReader
    {
        public ValueTask ReadAsync(uint index, Memory<byte> destination, CancellationToken cancellationToken = default)
        {
            tune.Chunk(index).CopyTo(destination);
            return ValueTask.CompletedTask;
        }
    }
}
