using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Client.Offline;

/// <summary>
/// What is to be kept offline, and what of it is here: the listener's list, the files, what the access point said of their
/// tracks, and the right to play them. Safe for many threads.
/// </summary>
/// <param name="list">What the listener wants.</param>
/// <param name="files">The files.</param>
/// <param name="tracks">What was said of them, keys wrapped.</param>
/// <param name="right">Until when they may be played.</param>
/// <param name="room">What the files may take.</param>
internal sealed class OfflineLibrary(
    OfflineList list, OfflineFiles files, KeptTracks tracks, OfflineRight right, OfflineRoom room)
{
    // Whatever quality was asked for when they came: it is played in that.
    private const int AnyQuality = 0;

    private readonly Lock _gate = new();
    private readonly Dictionary<TrackId, FileId> _files = [];
    private readonly Dictionary<TrackId, string> _problems = [];

    /// <summary>What the listener wants.</summary>
    public OfflineList List => list;

    /// <summary>The files.</summary>
    public OfflineFiles Files => files;

    /// <summary>Until when they may be played.</summary>
    public OfflineRight Right => right;

    /// <summary>What they may take.</summary>
    public OfflineRoom Room => room;

    /// <summary>Called when the key of a track that is here was found to be gone; on any thread.</summary>
    public Action? Lost { get; set; }

    /// <summary>
    /// Finds what is there from earlier runs, and deletes what nobody wants any more; where nobody knows what is wanted, or
    /// whose a file is, nothing is deleted.
    /// </summary>
    public void Load()
    {
        files.Find();
        var wanted = WantedIds();
        lock (_gate)
        {
            var known = tracks.All(AnyQuality, out var isAll);
            foreach (var opened in known)
            {
                if (!TrackId.TryParse(opened.Track.Track_, out var track) || opened.File.Length != FileId.Size)
                    continue;

                if (list.Fault.Length > 0 || wanted.Contains(track))
                    _files[track] = FileId.Read(opened.File.Span);
                else
                    tracks.Drop(track, AnyQuality);
            }

            if (isAll && list.Fault.Length == 0)
                files.Sweep(_files.Values.ToHashSet());
        }
    }

    /// <summary>The tracks that are to be kept, each once, in the order in which they were named.</summary>
    public IEnumerable<TrackInfo> Wanted() =>
        list.Entries.SelectMany(static entry => entry.Infos).DistinctBy(static track => track.Id);

    /// <summary>Those of them that are not here and can be, in that order.</summary>
    public TrackId[] Missing() => right.IsEnded ? [] :
        [.. Wanted().Select(static track => track.Id).Where(track => !IsKept(track) && ProblemOf(track).Length == 0)];

    /// <summary>True of a track that is here whole.</summary>
    public bool IsKept(TrackId track) => FileOf(track) is { } file && files.Holds(file);

    /// <summary>What was said of a track that may be played from here; null of others.</summary>
    public OpenedTrack? Find(TrackId track)
    {
        if (!IsKept(track) || right.Refusal().Length > 0)
            return null;

        if (tracks.Find(track, AnyQuality) is { } opened)
            return opened;

        // Without its key the file is nothing: the access point is asked for that anew.
        lock (_gate)
            _files.Remove(track);

        Lost?.Invoke();
        return null;
    }

    /// <summary>Why a track that is here can't be played from here; empty where it can, or is not.</summary>
    public string RefusalOf(TrackId track) => IsKept(track) ? right.Refusal() : "";

    /// <summary>What was said of all tracks that may be played from here, keys still wrapped.</summary>
    public IEnumerable<OpenedTrack> Playable() => right.Refusal().Length > 0 ? [] : tracks.All(AnyQuality)
        .Where(opened => TrackId.TryParse(opened.Track.Track_, out var track) && IsKept(track));

    /// <summary>The access point has said what a track is: its file may come.</summary>
    /// <returns>False when it is not wanted any more: then nothing of it is left.</returns>
    /// <exception cref="IOException">It can't be written.</exception>
    public bool NoteOpened(TrackId track, OpenedTrack opened)
    {
        // The right is renewed for all of them at once, and says until when the keys may be used.
        var kept = opened.Clone();
        kept.KeyUntilUnixMs = 0;
        var file = FileId.Read(opened.File.Span);
        lock (_gate)
        {
            if (!WantedIds().Contains(track))
            {
                if (!_files.ContainsValue(file))
                    files.Remove(file);

                return false;
            }

            if (!tracks.Keep(track, AnyQuality, kept))
                throw new IOException("The disk does not take its key.");

            _files[track] = file;
            return true;
        }
    }

    /// <summary>Why a track can't be kept; empty where it can.</summary>
    public string ProblemOf(TrackId track)
    {
        lock (_gate)
            return _problems.GetValueOrDefault(track) ?? "";
    }

    /// <summary>A track can't be kept, as things are.</summary>
    public void NoteProblem(TrackId track, string problem)
    {
        lock (_gate)
            _problems[track] = problem;
    }

    /// <summary>Things have changed: what could not be kept may be tried again.</summary>
    public void ForgetProblems()
    {
        lock (_gate)
            _problems.Clear();
    }

    /// <summary>Takes something out of the list, and deletes what nothing else that is wanted has of it.</summary>
    /// <returns>Its tracks that are not wanted any more; null where it was not wanted.</returns>
    /// <exception cref="IOException">The list could not be written: it is wanted still.</exception>
    public TrackId[]? Remove(OfflineKind kind, string id)
    {
        if (list.Entries.FirstOrDefault(entry => entry.Kind == kind && entry.Id == id) is not { } removed)
            return null;

        var wanted = list.Entries.Where(entry => entry != removed).SelectMany(static entry => entry.Infos)
            .Select(static track => track.Id).ToHashSet();
        TrackId[] dropped = [.. removed.Infos.Select(static track => track.Id).Where(track => !wanted.Contains(track))];
        try
        {
            list.Remove(kind, id);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Where the disk is full it is the files that have to make room for the list.
            Drop(dropped);
            list.Remove(kind, id);
        }

        Drop(dropped);
        return dropped;
    }

    /// <summary>Deletes everything, and forgets the right; as much of it as can be, whatever can't.</summary>
    /// <exception cref="IOException">Something is left.</exception>
    public void Clear()
    {
        List<Exception> failures = [];
        lock (_gate)
        {
            _files.Clear();
            _problems.Clear();
            Action[] clearings = [right.Clear, tracks.Clear, files.Clear, list.Clear];
            foreach (var clear in clearings)
            {
                try
                {
                    clear();
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
                {
                    failures.Add(failure);
                }
            }
        }

        if (failures.Count > 0)
            throw new IOException(failures[0].Message, failures[0]);
    }

    /// <summary>The file of a track that was opened; null of others.</summary>
    public FileId? FileOf(TrackId track)
    {
        lock (_gate)
            return _files.TryGetValue(track, out var file) ? file : null;
    }

    private HashSet<TrackId> WantedIds() => Wanted().Select(static track => track.Id).ToHashSet();

    private void Drop(TrackId[] dropped)
    {
        lock (_gate)
        {
            foreach (var track in dropped)
            {
                _problems.Remove(track);
                tracks.Drop(track, AnyQuality);
                if (_files.Remove(track, out var file) && !_files.ContainsValue(file))
                    files.Remove(file);
            }
        }
    }
}
