using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>
/// Asks what is held of each of many files, a request each, for one caller; null of those of which the server does not
/// say.
/// </summary>
internal sealed class HaveCalls
{
    private readonly TaskCompletionSource<HaveKind?[]> _done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly HaveKind?[] _answers;
    private readonly ClientOperation[] _requests;
    private int _left;

    public HaveCalls(IReadOnlyList<FileId> files, Instant deadline)
    {
        _answers = new HaveKind?[files.Count];
        _requests = new ClientOperation[files.Count];
        for (var i = 0; i < _requests.Length; i++)
            _requests[i] = new One(this, i, files[i]) { Deadline = deadline };

        _left = files.Count;
        if (_left == 0)
            _done.SetResult(_answers);
    }

    /// <summary>What is to be begun: as many as there are files.</summary>
    public ReadOnlySpan<ClientOperation> Requests => _requests;

    /// <summary>What is held of each file, in their order.</summary>
    public Task<HaveKind?[]> Task => _done.Task;

    // Under the link's lock, as all that happens to its operations.
    private void Take(int place, HaveKind? holding)
    {
        _answers[place] = holding;
        if (--_left == 0)
            _done.TrySetResult(_answers);
    }

    private sealed class One : ClientOperation
    {
        private readonly HaveCalls _all;
        private readonly int _number;

        public One(HaveCalls all, int number, FileId file)
        {
            (_all, _number) = (all, number);
            Request = PeerMessage.RequestHave(0, file);
        }

        public override void Take(in PeerMessage answer, ReadOnlySpan<byte> payload, bool ends) =>
            _all.Take(_number, answer.Kind == PeerMessageKind.Have ? answer.Holding : null);

        public override void End(ProtocolCode code) => _all.Take(_number, null);

        public override void Cancel(CancellationToken cancellationToken) =>
            _all._done.TrySetCanceled(cancellationToken);
    }
}
