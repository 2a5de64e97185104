namespace SpotifyCore.SideBySide.Results;

/// <summary>The names of what we are measured beside.</summary>
internal static class References
{
    public const string Nginx = "nginx";
    public const string NginxOpenFiles = "nginx, files kept open";
    public const string BareServer = "bare C server";
    public const string Memcached = "memcached";
    public const string Memcpy = "memcpy";
    public const string PageCachedFile = "page-cached file";
    public const string PlainFile = "plain file";
    public const string SyncedFile = "plain file, synced";
    public const string Faster = "FASTER";
    public const string Loopback = "bare loopback";
    public const string Sha256 = "SHA-256";
    public const string AesCtr = "AES-128-CTR";
    public const string FasterUpsert = "FASTER upsert";
    public const string SumOfParts = "the four together";
    public const string Opusenc = "opusenc";
    public const string Opusdec = "opusdec";
    public const string Libtorrent = "libtorrent 2.0.8";
    public const string LibtorrentRc4 = "libtorrent 2.0.8, RC4";
    public const string ImportTools = "ffmpeg, ebur128, 3 opusenc";
}
