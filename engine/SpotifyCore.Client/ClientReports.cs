using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Peering;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Client.Running;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Core.Uploads;

namespace SpotifyCore.Client;

/// <summary>What a client tells of what it has done and of what goes up. Everything on the loop.</summary>
internal sealed class ClientReports(
    ClientRuntime runtime, ChunkStoreAdapter cache, PeerConnections peers, UploadControl uploading, OutsidePort? outside)
{
    /// <summary>What the client has done.</summary>
    /// <param name="playback">Tells what was heard.</param>
    public ClientStatistics Statistics(PlaybackReports playback)
    {
        var (plays, bytes) = playback.Heard();
        var usage = cache.Usage;
        return new ClientStatistics(
            plays, bytes, runtime.Status.UploadedBytes, usage.HeldBytes, usage.LimitBytes, peers.Count);
    }

    /// <summary>What goes up, to whom, and why.</summary>
    public UploadReport Uploads()
    {
        var served = new PeerUpload[peers.Count];
        var count = runtime.CopyUploads(served);
        return new UploadReport(
            uploading.Settings, runtime.Status.Uploads, served[..count], outside?.Mapped?.ToString());
    }
}
