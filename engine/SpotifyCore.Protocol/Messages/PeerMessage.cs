using System.Runtime.InteropServices;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages;

/// <summary>
/// Any message of the protocol, decoded: a union whose <see cref="Kind"/> says which members mean something. It holds
/// no memory: the payload (a ticket, a text, a bitmap, bytes of a chunk or manifest) travels beside it, and
/// <see cref="Length"/> says how long it is.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PeerMessage
{
    /// <summary>Most chunks that one request may ask for.</summary>
    public const int MaxChunksPerRequest = 64;

    /// <summary>Chunks beyond this index exist in no file.</summary>
    public const uint MaxChunks = 1 << 18;

    /// <summary>Most chunks that one have covers.</summary>
    public const int MaxHaveChunks = 64 * 1024;

    /// <summary>Longest manifest: of the longest file.</summary>
    public const int MaxManifestLength = 8 << 20;

    /// <summary>Most hops that a search may have left: to neighbours of neighbours, no farther.</summary>
    public const byte MaxHops = 1;

    /// <summary>Longest ticket.</summary>
    public const int MaxTicketLength = 512;

    /// <summary>What the message is.</summary>
    public PeerMessageKind Kind { get; internal init; }

    /// <summary>The request it makes, answers or cancels; a ping's echo; 0 where it belongs to none.</summary>
    public uint Request { get; internal init; }

    /// <summary>The file it is about.</summary>
    public FileId File { get; internal init; }

    /// <summary>
    /// The chunk it is about: the first of a range or bitmap, the one a piece belongs to, the one not found.
    /// </summary>
    public uint Chunk { get; internal init; }

    /// <summary>Chunks in a range or bitmap; addresses in a hit; files in a list, or the most of them.</summary>
    public uint Count { get; internal init; }

    /// <summary>Where a piece begins, in bytes, in its chunk or manifest.</summary>
    public uint Offset { get; internal init; }

    /// <summary>Length in bytes of the whole chunk or manifest that a piece belongs to.</summary>
    public uint Total { get; internal init; }

    /// <summary>Length in bytes of the payload that travels beside the message.</summary>
    public uint Length { get; internal init; }

    /// <summary>Milliseconds: within which an answer is of use, after which to ask a busy side again.</summary>
    public uint Milliseconds { get; internal init; }

    /// <summary>What waits for the answer.</summary>
    public RequestPriority Priority { get; internal init; }

    /// <summary>True when the far side may not ask a further tier.</summary>
    public bool LocalOnly { get; internal init; }

    /// <summary>Where the bytes came from.</summary>
    public Tier Tier { get; internal init; }

    /// <summary>Why something failed, was refused or ends.</summary>
    public ProtocolCode Code { get; internal init; }

    /// <summary>What the sender of a hello or its reply says it is.</summary>
    public PeerRole Role { get; internal init; }

    /// <summary>How much of a file is held.</summary>
    public HaveKind Holding { get; internal init; }

    /// <summary>How a put goes on.</summary>
    public PutState Put { get; internal init; }

    /// <summary>
    /// First version the sender of a hello speaks; the version chosen, in its reply. (What only hellos say is kept where
    /// other messages keep <see cref="Offset"/> and <see cref="Total"/>.)
    /// </summary>
    public ushort MinVersion
    {
        get => (ushort)Offset;
        internal init => Offset = (Offset & 0xFFFF_0000) | value;
    }

    /// <summary>Last version the sender of a hello speaks.</summary>
    public ushort MaxVersion
    {
        get => (ushort)(Offset >> 16);
        internal init => Offset = (Offset & 0xFFFF) | ((uint)value << 16);
    }

    /// <summary>Port at which the sender of a hello or its reply accepts connections; 0 for none.</summary>
    public ushort ListenPort
    {
        get => (ushort)Total;
        internal init => Total = (Total & 0xFFFF_0000) | value;
    }

    /// <summary>Requests in flight that the sender of a hello or its reply takes.</summary>
    public ushort RequestLimit
    {
        get => (ushort)(Total >> 16);
        internal init => Total = (Total & 0xFFFF) | ((uint)value << 16);
    }

    /// <summary>True when files follow after those of a list.</summary>
    public bool HasMore { get; internal init; }

    /// <summary>Hops that a search has left: 0 for one that is not passed on.</summary>
    public byte Hops { get; internal init; }

    /// <summary>
    /// Names a search, and the hits that answer it; drawn by chance by who asks first. (Where other messages keep
    /// <see cref="Offset"/> and <see cref="Total"/>.)
    /// </summary>
    public ulong Query => Offset | ((ulong)Total << 32);

    /// <summary>True when a piece is the last of its chunk or manifest.</summary>
    public bool IsLastPiece => (ulong)Offset + Length == Total;

    /// <summary>The chunk it is about.</summary>
    public ChunkId ChunkId => new(File, Chunk);

    /// <summary>Opens a connection.</summary>
    public static PeerMessage Hello(
        PeerRole role, ushort listenPort, ushort requestLimit, int ticketLength = 0) => new()
    {
        Kind = PeerMessageKind.Hello,
        MinVersion = ProtocolVersion.First,
        MaxVersion = ProtocolVersion.Last,
        Role = role,
        ListenPort = listenPort,
        RequestLimit = requestLimit,
        Length = (uint)ticketLength,
    };

    /// <summary>The same hello, of a side that speaks other versions.</summary>
    public PeerMessage WithVersions(ushort first, ushort last) => this with { MinVersion = first, MaxVersion = last };

    /// <summary>Accepts a hello, choosing a version.</summary>
    public static PeerMessage HelloReply(
        ushort version, PeerRole role, ushort listenPort, ushort requestLimit, int ticketLength = 0) => new()
    {
        Kind = PeerMessageKind.HelloReply,
        MinVersion = version,
        MaxVersion = version,
        Role = role,
        ListenPort = listenPort,
        RequestLimit = requestLimit,
        Length = (uint)ticketLength,
    };

    /// <summary>Refuses a hello.</summary>
    public static PeerMessage HelloRefused(ProtocolCode code, int textLength = 0) => new()
    {
        Kind = PeerMessageKind.HelloRefused, Code = code, Length = (uint)textLength,
    };

    /// <summary>Brings a new ticket.</summary>
    public static PeerMessage TicketRefresh(int ticketLength) => new()
    {
        Kind = PeerMessageKind.TicketRefresh, Length = (uint)ticketLength,
    };

    /// <summary>Asks for a sign of life.</summary>
    public static PeerMessage Ping(uint echo) => new() { Kind = PeerMessageKind.Ping, Request = echo };

    /// <summary>Gives a sign of life.</summary>
    public static PeerMessage Pong(uint echo) => new() { Kind = PeerMessageKind.Pong, Request = echo };

    /// <summary>Takes no new requests.</summary>
    public static PeerMessage GoAway(ProtocolCode code, int textLength = 0) => new()
    {
        Kind = PeerMessageKind.GoAway, Code = code, Length = (uint)textLength,
    };

    /// <summary>Ends a request, or with <paramref name="request"/> 0 the connection.</summary>
    public static PeerMessage Error(uint request, ProtocolCode code, int textLength = 0) => new()
    {
        Kind = PeerMessageKind.Error, Request = request, Code = code, Length = (uint)textLength,
    };

    /// <summary>Gives a request up.</summary>
    public static PeerMessage Cancel(uint request) => new() { Kind = PeerMessageKind.Cancel, Request = request };

    /// <summary>Ends a request for being over a limit.</summary>
    public static PeerMessage Busy(uint request, uint retryMilliseconds) => new()
    {
        Kind = PeerMessageKind.Busy, Request = request, Milliseconds = retryMilliseconds,
    };

    /// <summary>Ends a request for lack of a chunk (0 for a manifest).</summary>
    public static PeerMessage NotFound(uint request, uint chunk) => new()
    {
        Kind = PeerMessageKind.NotFound, Request = request, Chunk = chunk,
    };

    /// <summary>Asks for a manifest.</summary>
    public static PeerMessage RequestManifest(
        uint request, FileId file, RequestPriority priority, bool localOnly) => new()
    {
        Kind = PeerMessageKind.ManifestRequest,
        Request = request,
        File = file,
        Priority = priority,
        LocalOnly = localOnly,
    };

    /// <summary>A piece of a manifest.</summary>
    public static PeerMessage ManifestData(uint request, uint offset, uint total, int length) => new()
    {
        Kind = PeerMessageKind.ManifestData,
        Request = request,
        Offset = offset,
        Total = total,
        Length = (uint)length,
    };

    /// <summary>Asks for a range of chunks, of use within a number of milliseconds.</summary>
    public static PeerMessage RequestChunks(
        uint request,
        FileId file,
        uint first,
        uint count,
        RequestPriority priority,
        uint milliseconds,
        bool localOnly = false) =>
            new()
    {
        Kind = PeerMessageKind.ChunkRequest,
        Request = request,
        File = file,
        Chunk = first,
        Count = count,
        Priority = priority,
        Milliseconds = milliseconds,
        LocalOnly = localOnly,
    };

    /// <summary>A whole chunk.</summary>
    public static PeerMessage ChunkData(uint request, uint chunk, Tier tier, int length) =>
        ChunkPiece(request, chunk, tier, 0, (uint)length, length);

    /// <summary>A piece of a chunk.</summary>
    public static PeerMessage ChunkPiece(
        uint request, uint chunk, Tier tier, uint offset, uint total, int length) => new()
    {
        Kind = PeerMessageKind.ChunkData,
        Request = request,
        Chunk = chunk,
        Tier = tier,
        Offset = offset,
        Total = total,
        Length = (uint)length,
    };

    /// <summary>Asks what is held of a file.</summary>
    public static PeerMessage RequestHave(uint request, FileId file) => new()
    {
        Kind = PeerMessageKind.HaveRequest, Request = request, File = file,
    };

    /// <summary>Says that nothing or all of a file is held; with <paramref name="request"/> 0, unasked.</summary>
    public static PeerMessage Have(uint request, FileId file, HaveKind holding) => new()
    {
        Kind = PeerMessageKind.Have, Request = request, File = file, Holding = holding,
    };

    /// <summary>
    /// Says which of <paramref name="count"/> chunks are held; the bitmap is the payload, lowest bit first.
    /// </summary>
    public static PeerMessage HavePart(uint request, FileId file, uint first, uint count) => new()
    {
        Kind = PeerMessageKind.Have,
        Request = request,
        File = file,
        Holding = HaveKind.Part,
        Chunk = first,
        Count = count,
        Length = (count + 7) / 8,
    };

    /// <summary>Begins or goes on with a put's manifest.</summary>
    public static PeerMessage PutBegin(uint request, FileId file, uint offset, uint total, int length) => new()
    {
        Kind = PeerMessageKind.PutBegin,
        Request = request,
        File = file,
        Offset = offset,
        Total = total,
        Length = (uint)length,
    };

    /// <summary>Says how a put goes on.</summary>
    public static PeerMessage PutReady(uint request, PutState state) => new()
    {
        Kind = PeerMessageKind.PutReady, Request = request, Put = state,
    };

    /// <summary>A piece of a chunk of a put.</summary>
    public static PeerMessage PutChunk(uint request, uint chunk, uint offset, uint total, int length) => new()
    {
        Kind = PeerMessageKind.PutChunk,
        Request = request,
        Chunk = chunk,
        Offset = offset,
        Total = total,
        Length = (uint)length,
    };

    /// <summary>Asks to make a put durable.</summary>
    public static PeerMessage PutCommit(uint request) => new() { Kind = PeerMessageKind.PutCommit, Request = request };

    /// <summary>Says that a put is durable.</summary>
    public static PeerMessage PutCommitted(uint request) =>
        new() { Kind = PeerMessageKind.PutCommitted, Request = request };

    /// <summary>Asks neighbours who holds a file.</summary>
    public static PeerMessage Search(ulong query, FileId file, byte hops) => new()
    {
        Kind = PeerMessageKind.Search, File = file, Hops = hops, Offset = (uint)query, Total = (uint)(query >> 32),
    };

    /// <summary>
    /// Says who holds the file of a search: the sender itself with <paramref name="count"/> 0, else so many others,
    /// whose addresses are the payload.
    /// </summary>
    public static PeerMessage SearchHit(ulong query, int count, int length = 0) => new()
    {
        Kind = PeerMessageKind.SearchHit,
        Count = (uint)count,
        Offset = (uint)query,
        Total = (uint)(query >> 32),
        Length = (uint)length,
    };

    /// <summary>Asks for the files held whose ids come after <paramref name="after"/>.</summary>
    public static PeerMessage RequestList(uint request, FileId after, int limit) => new()
    {
        Kind = PeerMessageKind.ListRequest, Request = request, File = after, Count = (uint)limit,
    };

    /// <summary>Says which files are held; their ids are the payload.</summary>
    public static PeerMessage List(uint request, int count, bool hasMore) => new()
    {
        Kind = PeerMessageKind.List,
        Request = request,
        Count = (uint)count,
        HasMore = hasMore,
        Length = (uint)(count * FileId.Size),
    };

    /// <summary>The same message with another payload length.</summary>
    public PeerMessage WithLength(int length) => this with { Length = (uint)length };

    /// <summary>The same message under another request id.</summary>
    public PeerMessage WithRequest(uint request) => this with { Request = request };
}
