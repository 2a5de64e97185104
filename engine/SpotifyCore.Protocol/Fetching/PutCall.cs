using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>A put, from its beginning to the word that it is durable.</summary>
internal sealed class PutCall : ClientCall<PutOutcome>
{
    // Small, so that a put's beginning fits wherever a request does.
    private const int FirstPiece = 256;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PutCall(Manifest manifest)
    {
        Payload = manifest.Bytes[..Math.Min(FirstPiece, manifest.Bytes.Length)];
        Request = PeerMessage.PutBegin(0, manifest.File, 0, (uint)manifest.Bytes.Length, Payload.Length);
    }

    /// <summary>Completes once the server wants the chunks, or the put is over.</summary>
    public Task Ready => _ready.Task;

    public override void Take(in PeerMessage answer, ReadOnlySpan<byte> payload, bool ends)
    {
        if (ends)
        {
            Finish(answer.Kind switch
            {
                PeerMessageKind.PutCommitted => PutOutcome.Stored,
                PeerMessageKind.PutReady => PutOutcome.AlreadyHeld,
                PeerMessageKind.Busy => PutOutcome.Busy,
                _ => WithoutAnswer(answer.Code),
            });
        }

        _ready.TrySetResult();
    }

    public override void End(ProtocolCode code)
    {
        base.End(code);
        _ready.TrySetResult();
    }

    public override void Cancel(CancellationToken cancellationToken)
    {
        base.Cancel(cancellationToken);
        _ready.TrySetResult();
    }

    protected override PutOutcome WithoutAnswer(ProtocolCode code) => code switch
    {
        ProtocolCode.NotAllowed or ProtocolCode.NotSupported or ProtocolCode.TicketExpired => PutOutcome.Refused,
        ProtocolCode.NoSpace => PutOutcome.NoSpace,
        ProtocolCode.BadContent or ProtocolCode.Incomplete => PutOutcome.BadContent,
        ProtocolCode.TooBusy => PutOutcome.Busy,
        _ => PutOutcome.Unavailable,
    };
}
