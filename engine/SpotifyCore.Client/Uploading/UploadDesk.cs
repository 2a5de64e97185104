using System.Globalization;
using SpotifyCore.Client.Core;
using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Time;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Uploading;

/// <summary>
/// Tells the core what the listener lets it give, and counts the month over restarts. Everything on the loop but the
/// writing to disk.
/// </summary>
internal sealed class UploadDesk : IDisposable
{
    /// <summary>How long after a chunk the count is written; so much may be missing from it after a crash.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(10);

    /// <summary>How late a new month may begin.</summary>
    private static readonly TimeSpan MonthInterval = TimeSpan.FromHours(1);

    private readonly ClientCoreOptions _core;
    private readonly UploadSettings _options;
    private readonly bool _serves;
    private readonly UploadLedger _ledger;
    private readonly ShellGround _ground;
    private readonly ITimer _months;
    private readonly WakeTimer _saving;
    private string _month = "";
    private bool _isBegun;
    private bool _isToBeSaved;

    /// <summary>A desk that does nothing before <see cref="Begin"/>, but whose settings hold already.</summary>
    public UploadDesk(SpotifyClientOptions options, UploadLedger ledger, ShellGround ground)
    {
        _core = options.Core;
        _options = options.Uploads;
        _serves = options.Serve;
        _ledger = ledger;
        _ground = ground;
        Apply();
        var tick = new PostedAction(Tick);
        _months = ground.Time.CreateTimer(_ => ground.Loop.Post(tick), null, MonthInterval, MonthInterval);
        _saving = new WakeTimer(ground.Loop, tick, ground.Time);
    }

    /// <summary>Hands events over; set once.</summary>
    public CoreDriver Driver { private get; set; } = null!;

    /// <summary>What holds: what the listener chose last, else what the options say.</summary>
    public UploadSettings Settings => _ledger.Chosen ?? _options;

    /// <summary>Tells the core what it has to know before anything is given.</summary>
    public void Begin()
    {
        _isBegun = true;
        _month = ThisMonth();
        Driver.Raise(ClientEvent.MonthCounted(_ledger.Month == _month ? _ledger.Bytes : 0));
        TellLine();
    }

    /// <summary>The listener chose other settings, which hold over restarts; null to go by the options again.</summary>
    public void Choose(UploadSettings? chosen)
    {
        Save(chosen);
        Apply();
        TellLine();
        Driver.Raise(ClientEvent.Woken());
    }

    /// <summary>A chunk goes up: the count is written soon.</summary>
    public void Note()
    {
        if (_isToBeSaved)
            return;

        _isToBeSaved = true;
        _saving.WakeAt(_ground.Time.GetInstant() + SaveInterval);
    }

    /// <summary>Notes the count for the next start.</summary>
    public void End()
    {
        if (_isBegun)
            Write(_ledger.Note(_month, Driver.Status.Uploads.MonthBytes, _ledger.Chosen));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _months.Dispose();
        _saving.Dispose();
    }

    private void Tick()
    {
        _isToBeSaved = false;
        if (!_isBegun)
            return;

        var month = ThisMonth();
        if (month != _month)
        {
            _month = month;
            Driver.Raise(ClientEvent.MonthCounted(0));
        }

        if (_ledger.Month != _month || _ledger.Bytes != Driver.Status.Uploads.MonthBytes)
            Save(_ledger.Chosen);
    }

    private void Save(UploadSettings? chosen)
    {
        var write = _ledger.Note(_month, Driver.Status.Uploads.MonthBytes, chosen);
        _ground.Background.Run(() =>
        {
            Write(write);
            return Task.CompletedTask;
        });
    }

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.UploadsNotKept(_ground.Logger, failure.Message);
        }
    }

    private void Apply()
    {
        var settings = Settings;
        _core.Uploads.Enabled = settings.Enabled && _serves;
        _core.Uploads.LanOnly = _core.Neighbours.LanOnly = settings.LanOnly;
        _core.Uploads.MaxBytesPerSecond = settings.MaxBytesPerSecond;
        _core.Uploads.MonthlyBytes = settings.MonthlyBytes;
    }

    private void TellLine() =>
        Driver.Raise(ClientEvent.LineChanged(Settings.Metered ? LineKind.Metered : LineKind.Unmetered));

    private string ThisMonth() => _ground.Time.GetLocalNow().ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
