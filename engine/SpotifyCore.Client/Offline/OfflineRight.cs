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
    private const char Separator = '\n';

    private readonly Lock _gate = new();
    private State _state = State.None;
    private bool _isRead;
    private long _noted;

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

    /// <summary>Why what is kept can't be played without the access point now, as a sentence; empty where it can.</summary>
    public string Refusal()
    {
        lock (_gate)
        {
            var state = Read();
            if (state.Account.Length == 0)
                return "";

            var now = Now;
            if (IsSetBack(state, now))
                return "This device's clock was set back: what is kept offline plays again once the access point was reached.";

            Note(now);
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
            return Read().Account.Length == 0 || !IsSetBack(_state, Now);
    }

    /// <summary>The device was in touch: its time is counted from now, whatever its clock says of it.</summary>
    /// <param name="account">Whose right it is.</param>
    /// <param name="holds">For how long.</param>
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
            Write(new State(account, 1, Now, reason.ReplaceLineEndings(" ")));
    }

    /// <summary>Forgets it: nothing is kept any more.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            (_state, _isRead) = (State.None, true);
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
            if (Read().Account.Length > 0 && !IsSetBack(_state, Now))
                Note(Now);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private byte[] Context => Encoding.UTF8.GetBytes($"offline right{Separator}{accessPoint}");

    // Between two notes the clock may be set back by as much as lies between them, and is corrected by some seconds anyway.
    private static bool IsSetBack(State state, long now) => now < state.Latest - (long)NotedEvery.TotalMilliseconds;

    private void Note(long now)
    {
        if (now <= _state.Latest)
            return;

        _state = _state with { Latest = now };
        if (now - _noted >= (long)NotedEvery.TotalMilliseconds)
            Write(_state);
    }

    private void Write(State state)
    {
        (_state, _isRead, _noted) = (state, true, state.Latest);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{state.Account}{Separator}{state.Until}{Separator}{state.Latest}{Separator}{state.Reason}");
        try
        {
            DurableFile.CreateDirectory(Path.GetDirectoryName(path)!);
            DurableFile.Replace(path, device.Wrap(Encoding.UTF8.GetBytes(text), Context), forOwnerAlone: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.OfflineFailed(logger, failure.Message);
        }
    }

    private State Read()
    {
        if (_isRead)
            return _state;

        _isRead = true;
        try
        {
            if (File.Exists(path) && new FileInfo(path).Length <= MaxSize)
                _state = Parse(File.ReadAllBytes(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.OfflineFailed(logger, failure.Message);
        }

        _noted = _state.Latest;
        return _state;
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
