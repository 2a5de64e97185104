using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Text;
using SpotifyCore.Content.Time;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Core.Playing;
using SpotifyCore.Core.Queueing;
using SpotifyCore.Playback.Output;

namespace SpotifyCore.Client.Access;

/// <summary>
/// Tells the access point what plays here, so that another device of the account can go on with it: a change of the queue,
/// of the track, of repeat, a pause, a seek. One call at a time, what changes meanwhile with the next; nothing while nothing
/// changes. Everything on the loop but the calls.
/// </summary>
/// <param name="link">The access point.</param>
/// <param name="runtime">What plays.</param>
/// <param name="context">The loop.</param>
internal sealed class PlaybackHandover(AccessPointClient link, ClientRuntime runtime, LoopContext context)
{
    // The contract's limit; who listens to more goes on with what is near.
    private const int MostTracks = 3_000;
    private const int MostPlayed = 100;

    private const int SamplesOfAMillisecond = AudioFormat.SampleRate / 1_000;

    // A position that is so far from where the sound would be by itself was moved, or the sound stood still.
    private const long Moved = 2 * AudioFormat.SampleRate;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Who ends is not kept by an access point that does not answer.
    private static readonly TimeSpan LastWordTimeout = TimeSpan.FromMilliseconds(500);

    private (State State, long Sample, Instant At)? _told;
    private bool _hasBegun;
    private bool _isTelling;

    /// <summary>False where the sound is as fast as it is decoded: then no position is where it would be by itself.</summary>
    public bool IsPaced { get; init; } = true;

    /// <summary>Begins to tell what changes from now on: what was restored may be long ago.</summary>
    public void Begin()
    {
        NoteTold();
        _hasBegun = true;
    }

    /// <summary>Looks whether something is to be told.</summary>
    public void Look()
    {
        if (!_hasBegun || _isTelling || !link.IsOnline || !HasChanged)
            return;

        NoteTold();

        // It plays on another device meanwhile, which tells what is heard there.
        if (link.TakenBy is not null)
            return;

        _isTelling = true;
        var request = new KeepPlaybackRequest { Playback = MessageNow() };
        context.Background.Run(() => TellAsync(request));
    }

    /// <summary>
    /// Says where the sound stands and that it does not go on by itself, and tells nothing of what comes: the client ends.
    /// Completes when that is said, or could not be.
    /// </summary>
    public Task EndAsync()
    {
        var isToBeSaid = _hasBegun && link.IsOnline && link.TakenBy is null && Playback is { Current: not null, IsPaused: false };
        _hasBegun = false;
        if (!isToBeSaid)
            return Task.CompletedTask;

        var last = MessageNow();
        last.Playing = false;
        return SayLastAsync(new KeepPlaybackRequest { Playback = last });
    }

    /// <summary>What the account plays, on whichever device.</summary>
    /// <exception cref="RpcException">Nothing was kept, or the access point refuses or can't be reached.</exception>
    public async Task<AccountPlays> FetchAsync(CancellationToken cancellationToken)
    {
        var kept = await link.CallHandoverAsync(
            static (calls, options) => calls.GetPlaybackAsync(new GetPlaybackRequest(), options), cancellationToken);
        var said = kept.Playback ?? new AccountPlayback();
        TrackInfo[] known = [.. kept.Tracks.Select(static track => track.ToInfo())];
        var tracks = new TrackId[said.Tracks.Length / TrackId.Size];
        for (var i = 0; i < tracks.Length; i++)
            tracks[i] = TrackId.Read(said.Tracks.Span[(i * TrackId.Size)..]);

        var straight = said.StraightOrder.Select(static place => (int)place).ToArray();
        if (said.Current < 0 || said.Current >= tracks.Length)
            throw CallFailure.Of(StatusCode.NotFound, "The access point says of no track that it plays.");

        var current = Array.Find(known, track => track.Id == tracks[said.Current]);
        var milliseconds = said.PositionMs + (said.Playing ? Math.Max(0, kept.AgeMs) : 0);
        var longest = (long)(current?.Duration ?? TimeSpan.Zero).TotalMilliseconds - (long)Pause.TotalMilliseconds;
        var place = new PlaybackPlace(
            said.Current, Math.Clamp(milliseconds, 0, Math.Max(0, longest)) * SamplesOfAMillisecond, IsPaused: false,
            (RepeatMode)said.Repeat, Volume: 0, Crossfade: TimeSpan.Zero);
        var client = kept.Client.Length == PeerId.Size ? PeerId.Read(kept.Client.Span) : default;
        return new AccountPlays(
            new PlaybackSnapshot(tracks, PlayQueue.IsOrder(straight, tracks.Length) ? straight : null, place), known, client, PlainText.Of(kept.Device));
    }

    private PlaybackController Playback => runtime.Playback;

    private long Sample => Playback.PlaceAt(runtime.Now).Sample;

    private State Now => new(Playback.Queue.Version, Playback.Current?.Entry.Id, Playback.IsPaused, Playback.Queue.Repeat);

    private bool HasChanged
    {
        get
        {
            if (_told is not var (state, sample, at) || Now != state)
                return true;
            if (Playback.Current is null || !IsPaced)
                return false;

            var heard = Playback.IsPaused ? 0 : (long)((runtime.Now - at).TotalSeconds * AudioFormat.SampleRate);
            return Math.Abs(Sample - sample - heard) > Moved;
        }
    }

    private void NoteTold() => _told = (Now, Sample, runtime.Now);

    private async Task TellAsync(KeepPlaybackRequest request)
    {
        var isTold = true;
        try
        {
            await link.CallHandoverAsync((calls, options) => calls.KeepPlaybackAsync(request, options));
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.ResourceExhausted || failure.MayPass())
        {
            isTold = false;
            await Task.Delay(Pause, context.Time);
        }
        catch (ObjectDisposedException)
        {
            // The client has ended meanwhile.
        }
        catch (RpcException refused)
        {
            ClientLog.HandoverRefused(context.Logger, refused.Reason());
        }
        finally
        {
            context.Loop.Post(new ActionWorkItem(() => NoteOutcome(isTold)));
        }
    }

    private async Task SayLastAsync(KeepPlaybackRequest request)
    {
        using var patience = new CancellationTokenSource(LastWordTimeout, context.Time);
        try
        {
            await link.CallHandoverAsync((calls, options) => calls.KeepPlaybackAsync(request, options), patience.Token);
        }
        catch (Exception failure) when (failure is RpcException or OperationCanceledException or ObjectDisposedException)
        {
            ClientLog.HandoverRefused(context.Logger, CallFailure.ReasonOf(failure));
        }
    }

    private void NoteOutcome(bool isTold)
    {
        _isTelling = false;
        if (!isTold)
            _told = null;

        Look();
    }

    private AccountPlayback MessageNow()
    {
        var queue = Playback.Queue;
        if (Playback.Current is null || queue.Position < 0)
            return new AccountPlayback();

        var first = queue.Entries.Count <= MostTracks ? 0 : Math.Max(0, queue.Position - MostPlayed);
        var count = Math.Min(MostTracks, queue.Entries.Count - first);
        var tracks = new byte[count * TrackId.Size];
        for (var i = 0; i < count; i++)
            queue.Entries[first + i].Track.Write(tracks.AsSpan(i * TrackId.Size));

        var message = new AccountPlayback
        {
            Tracks = UnsafeByteOperations.UnsafeWrap(tracks),
            Current = queue.Position - first,
            PositionMs = Sample / SamplesOfAMillisecond,
            Playing = !Playback.IsPaused,
            Repeat = (PlaybackRepeat)queue.Repeat,
        };
        if (queue.StraightOrder is { } straight)
        {
            message.StraightOrder.AddRange(
                straight.Where(place => place >= first && place < first + count).Select(place => (uint)(place - first)));
        }

        return message;
    }

    private readonly record struct State(long Queue, long? Entry, bool IsPaused, RepeatMode Repeat);
}
