using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;
using SpotifyCore.Client.Accounts;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Playback.Loudness;

namespace SpotifyCore.Client;

/// <summary>
/// What a client is told before it starts. Only <see cref="AccessPoint"/> and <see cref="DataDirectory"/> have to be
/// set.
/// </summary>
public sealed class SpotifyClientOptions
{
    /// <summary>The access point: <c>http://host:port</c> on loopback, <c>https://host:port</c> anywhere.</summary>
    [Description("The access point: http://HOST:PORT on this machine, https://HOST:PORT anywhere.")]
    [Required]
    public string AccessPoint { get; set; } = "";

    /// <summary>
    /// The key that an <c>https</c> access point must prove, as 32 hexadecimal digits; empty trusts certificates that
    /// the system trusts.
    /// </summary>
    [Description(
        "The id that an https access point must prove, 32 hexadecimal digits, where its certificate is its own.")]
    public string AccessPointId { get; set; } = "";

    /// <summary>
    /// Where the client keeps its key, its cache and what it needs to play without a network. One process at a time.
    /// </summary>
    [Description("Directory of the player's key and cache; one process at a time.")]
    [Required]
    public string DataDirectory { get; set; } = "";

    /// <summary>
    /// What this device is called in the list of the account's sessions, which its owner alone sees; at most 64
    /// characters, empty for nothing. The machine's name unless set.
    /// </summary>
    [Description("What this device is called in the list of the account's sessions; the machine's name unless set.")]
    [StringLength(64)]
    public string DeviceName { get; set; } =
        Environment.MachineName is { Length: <= 64 } name ? name : "";

    /// <summary>
    /// What this device is: what the account's plan allows here follows from it, from the next login on. A desktop unless
    /// set.
    /// </summary>
    [Description("What this device is: the account's plan says what may be done there, from the next login on.")]
    public DeviceKind DeviceKind { get; set; } = DeviceKind.Desktop;

    /// <summary>
    /// Whether the session is kept over restarts, wrapped with the device's key; otherwise each start needs a login.
    /// </summary>
    [Description("Whether a login lasts over restarts.")]
    public bool KeepSession { get; set; } = true;

    /// <summary>
    /// Whether the queue, the position and a pause are kept over restarts: the client then goes on where it was, also
    /// after it was killed.
    /// </summary>
    [Description("Whether the queue, the position and a pause last over restarts.")]
    public bool KeepPlayback { get; set; } = true;

    /// <summary>
    /// Where the sound goes: <c>portaudio</c>, <c>portaudio:device</c>, <c>wav:path</c>, <c>null</c> (in real time) or
    /// <c>null-fast</c> (as fast as it decodes).
    /// </summary>
    [Description(
        "Where the sound goes: portaudio, portaudio:DEVICE, wav:PATH, null (silent, in real time) or null-fast.")]
    [Required]
    public string Output { get; set; } = "portaudio";

    /// <summary>The quality: 96,000, 160,000 or 320,000 bits a second; the nearest there is, is played.</summary>
    [Description("The quality: 96000, 160000 or 320000 bits a second; the nearest there is, is played.")]
    [Range(1, 1_000_000)]
    public int BitsPerSecond { get; set; } = 160_000;

    /// <summary>Which level is evened out.</summary>
    [Description("Which level is evened out: that of each track, of whole albums, or none.")]
    public LoudnessMode Loudness { get; set; } = LoudnessMode.Track;

    /// <summary>
    /// Which implementation of Opus decodes: <c>auto</c>, <c>native</c> (libopus) or <c>managed</c> (Concentus).
    /// </summary>
    [Description("Who decodes: Native (libopus), Managed (nothing to install), or Auto: libopus where it is found.")]
    public OpusCodecChoice Codec { get; set; } = OpusCodecChoice.Auto;

    /// <summary>
    /// Bytes the cache may take on disk, 64 MiB or more; 0 means a tenth of what is free, at most 10 GiB.
    /// </summary>
    [Description("Room of the cache on disk, 64MiB or more; 0 for a tenth of what is free, at most 10GiB.")]
    [Range(0, 64L << 40)]
    public long CacheBytes { get; set; }

    /// <summary>Bytes of the cache kept in memory; 32 MiB unless set.</summary>
    [Description("Newest part of the cache, kept in memory.")]
    [Range(16L << 20, 64L << 30)]
    public long CacheMemoryBytes { get; set; } = 32L << 20;

    /// <summary>
    /// Bytes that music kept offline may take on disk, beside the cache; 0 means what is free, less 512 MiB.
    /// </summary>
    [Description("Room of music kept offline on disk, beside the cache; 0 for what is free, less 512MiB.")]
    [Range(0, 64L << 40)]
    public long OfflineBytes { get; set; }

    /// <summary>Whether other listeners may connect and fetch what this client has whole.</summary>
    [Description("Whether other listeners may connect and fetch what is here.")]
    public bool Serve { get; set; } = true;

    /// <summary>Address on which peers are accepted.</summary>
    [Description("Address at which other listeners connect.")]
    public string ListenAddress { get; set; } = IPAddress.Any.ToString();

    /// <summary>
    /// Port on which peers are accepted, to be opened in a firewall; a free one when it is taken, or 0.
    /// </summary>
    [Description("Port at which they connect, to be opened in a firewall; a free one when it is taken, or 0.")]
    [Range(0, 65_535)]
    public int ListenPort { get; set; } = 4371;

    /// <summary>
    /// What is given to other listeners, unless something else was chosen while the client ran. Goes before what <see
    /// cref="Core"/> says of it.
    /// </summary>
    [ValidateObjectMembers]
    public UploadSettings Uploads { get; } = new();

    /// <summary>Whether a router is asked to pass that port on.</summary>
    [ValidateObjectMembers]
    public PortMappingOptions PortMapping { get; } = new();

    /// <summary>
    /// The site that the client counts as its own, if any: nodes and peers of the same site are preferred.
    /// </summary>
    [Description("The site that counts as its own, if any.")]
    public string Site { get; set; } = "";

    /// <summary>Connections to peers at once, in both directions; the few to nodes come on top.</summary>
    [Description("Connections to other listeners at once.")]
    [Range(1, 10_000)]
    public int MaxConnections { get; set; } = 60;

    /// <summary>
    /// Bytes of a chunk that go into one frame to a peer on a slow uplink, so that something urgent can pass; on one of
    /// 4 MiB a second a whole chunk does.
    /// </summary>
    [Description("Bytes sent to another listener in one piece; small ones let something urgent pass.")]
    [Range(1_024, 16_384)]
    public int ChunkFrameBytes { get; set; } = 4_096;

    /// <summary>Buffers of 16 KiB that chunks pass through; made as they are needed.</summary>
    [Description("Buffers of 16 KiB that music passes through.")]
    [Range(16, 65_536)]
    public int Slots { get; set; } = 256;

    /// <summary>
    /// Constants of the streaming policy. One client's: it fits them to the other options when it starts.
    /// </summary>
    public ClientCoreOptions Core { get; } = new();
}
