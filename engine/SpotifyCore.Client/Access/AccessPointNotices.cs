using SpotifyCore.Client.Running;
using SpotifyCore.Contracts;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Client.Access;

/// <summary>What the access point is told and gives no answer to. On the loop.</summary>
internal sealed class AccessPointNotices(
    AccessPointClient accessPoint, HeldFiles held, ChunkStoreAdapter cache, LoopContext context)
{
    /// <summary>A file is held whole. It is remembered over restarts too.</summary>
    public void AnnounceHeld(in AnnounceHeld announced)
    {
        accessPoint.Announce(announced.File);
        try
        {
            held.Add(announced.File, announced.Chunks);
        }
        catch (IOException failure)
        {
            ClientLog.HeldFailed(context.Logger, failure.Message);
        }
    }

    /// <summary>Tells the tracker, once somebody has logged in, which files are held whole.</summary>
    public void AnnounceAll()
    {
        var latest = held.Latest(PresenceStream.Remembered);
        context.Background.Run(() =>
        {
            foreach (var (file, chunks) in latest)
            {
                if (cache.HoldsWhole(file, chunks))
                    accessPoint.Announce(file);
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>A peer is to connect to this client.</summary>
    public void AskReverse(in AskReverse ask) => accessPoint.AskReverse(ask.Peer);

    /// <summary>This client plays, or does not any more.</summary>
    public void TellPlaying(in TellPlaying playing) => accessPoint.SetPlaying(playing.IsPlaying, playing.IsRestored);

    /// <summary>The account plays on another device, for which this one waits.</summary>
    public void NoteTaken(string device) => accessPoint.NoteTaken(device);

    /// <summary>A peer lied.</summary>
    public void Report(in ReportPeer report) => accessPoint.Report(report.Peer, FaultOf(report.Reason));

    private static PeerFault FaultOf(CloseReason reason) => reason switch
    {
        CloseReason.WrongChunk => PeerFault.WrongChunk,
        CloseReason.Flooded => PeerFault.BrokeProtocol,
        _ => PeerFault.Unknown,
    };
}
