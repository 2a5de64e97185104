using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Files;

namespace SpotifyCore.Client.Offline;

/// <summary>
/// Until when what is kept may be played without the access point: as long as that said when the device was in touch
/// last, by this device's clock, which must not run backwards meanwhile. On disk, under the device's key. Safe for many
/// threads.
/// </summary>
/// <remarks>
/// The latest time that was ever seen is kept, every ten minutes at the least: where it is later than now, the clock was
/// set back, and nothing is believed of it before the device is in touch again.
/// </remarks>
/// <param name="path">The file.</param>
/// <param name="accessPoint">Whose word it is.</param>
/// <param name="device">Wraps it.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class OfflineRight(string path, string accessPoint, DeviceKey device, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(10);

    private const int MaxSize = 4_096;
    private const long Ended = 1;
    private const char Separator = '\n';

    private readonly Lock _gate = new();
    private State _state = State.None;
    private bool _isRead;
    private bool _isUnreadable;
    private long _noted;
    private long _latestAt;

    /// <summary>Until when, by this device's clock; null before anything was said.</summary>
    public DateTimeOffset? Until
    {
        get
        {
            lock (_gate)
                return Read().Until == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(_state.Until);
        }
    }

    /// <summary>Whose it is; empty before anything was said.</summary>
    public string Account
    {
        get
        {
            lock (_gate)
                return Read().Account;
        }
    }

    /// <summary>True when it is there and the disk does not give it: it may be anybody's.</summary>
    public bool IsUnreadable
    {
        get
        {
            lock (_gate)
            {
                Read();
                return _isUnreadable;
            }
        }
    }

    /// <summary>True once the access point has said that there is none any more.</summary>
    public bool IsEnded
    {
        get
        {
            lock (_gate)
                return Read().Until == Ended;
        }
    }

    /// <summary>Why what is kept can't be played without the access point now, as a sentence; empty where it can.</summary>
    public string Refusal()
    {
        lock (_gate)
        {
            var state = Read();
            if (state.Account.Length == 0)
                return "Nothing tells until when it may be played: what is kept offline plays again once the access point was reached.";

            var now = Now;
            if (IsSetBack(state, now))
                return "This device's clock was set back: what is kept offline plays again once the access point was reached.";

            Note(now);
            now = _state.Latest;
            if (now < state.Until)
                return "";

            return state.Reason.Length > 0
                ? state.Reason
                : "The access point was not reached for 30 days: what is kept offline plays again once it was.";
        }
    }

    /// <summary>Whether this device's clock has run forwards since it was in touch, as far as one can tell.</summary>
    public bool IsClockSound()
    {
        lock (_gate)
        {
            var state = Read();
            return state.Account.Length == 0 || !IsSetBack(state, Now);
        }
    }

    /// <summary>The device was in touch: its time is counted from now, whatever its clock says of it.</summary>
    /// <param name="account">Whose right it is.</param>
    /// <param name="holds">For how long.</param>
    /// <exception cref="IOException">It could not be written: it holds as long as this runs.</exception>
    public void Begin(string account, TimeSpan holds)
    {
        lock (_gate)
        {
            var now = Now;
            Write(new State(account, now + (long)holds.TotalMilliseconds, now, ""));
        }
    }

    /// <summary>The device was in touch, and has the right no more.</summary>
    /// <param name="account">Whose it was.</param>
    /// <param name="reason">Why, as a sentence.</param>
    public void End(string account, string reason)
    {
        lock (_gate)
            TryWrite(new State(account, Ended, Now, reason.ReplaceLineEndings(" ")));
    }

    /// <summary>Forgets it: nothing is kept any more.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            (_state, _isRead, _isUnreadable) = (State.None, true, false);
            try
            {
                File.Delete(path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                ClientLog.OfflineFailed(logger, failure.Message);
            }
        }
    }

    /// <summary>Time passes.</summary>
    public void Note()
    {
        lock (_gate)
        {
            var state = Read();
            if (state.Account.Length > 0 && !IsSetBack(state, Now))
                Note(Now);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private byte[] Context => Encoding.UTF8.GetBytes($"offline right{Separator}{accessPoint}");

    // Between two notes the clock may be set back by as much as lies between them, and is corrected by some seconds anyway.
    private static bool IsSetBack(State state, long now) => now < state.Latest - (long)NotedEvery.TotalMilliseconds;

    private void Note(long now)
    {
        if (now > _state.Latest)
            SetLatest(now);

        if (_state.Latest - _noted >= (long)NotedEvery.TotalMilliseconds)
            TryWrite(_state);
    }

    private void SetLatest(long latest) => (_state, _latestAt) = (_state with { Latest = latest }, time.GetTimestamp());

    private void TryWrite(State state)
    {
        try
        {
            Write(state);
        }
        catch (IOException failure)
        {
            ClientLog.OfflineFailed(logger, failure.Message);
        }
    }

    private void Write(State state)
    {
        (_state, _isRead, _isUnreadable) = (state, true, false);
        (_noted, _latestAt) = (state.Latest, time.GetTimestamp());
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{state.Account}{Separator}{state.Until}{Separator}{state.Latest}{Separator}{state.Reason}");
        try
        {
            DurableFile.CreateDirectory(Path.GetDirectoryName(path)!);
            DurableFile.Replace(path, device.Wrap(Encoding.UTF8.GetBytes(text), Context), forOwnerAlone: true);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    // While this runs time passes whatever the clock says: a clock that is held back a little gains nothing.
    private State Read()
    {
        if (!_isRead)
            ReadFile();
        else if (_state.Latest + (long)time.GetElapsedTime(_latestAt).TotalMilliseconds is var latest && latest > _state.Latest)
            SetLatest(latest);

        return _state;
    }

    private void ReadFile()
    {
        _isRead = true;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxSize })
                return;

            _state = Parse(File.ReadAllBytes(path));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            // Nothing was said yet.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.OfflineFailed(logger, failure.Message);
            _isUnreadable = true;
        }

        (_noted, _latestAt) = (_state.Latest, time.GetTimestamp());
    }

    // What was altered, or is another device's, says nothing.
    private State Parse(byte[] wrapped)
    {
        var bytes = new byte[Math.Max(0, wrapped.Length - DeviceKey.Overhead)];
        return device.TryUnwrap(wrapped, bytes, Context)
            && Encoding.UTF8.GetString(bytes).Split(Separator) is [var account, var until, var latest, var reason]
            && long.TryParse(until, CultureInfo.InvariantCulture, out var untilTime)
            && long.TryParse(latest, CultureInfo.InvariantCulture, out var latestTime)
                ? new State(account, untilTime, latestTime, reason)
                : State.None;
    }

    private readonly record struct State(string Account, long Until, long Latest, string Reason)
    {
        public static readonly State None = new("", 0, 0, "");
    }
}
