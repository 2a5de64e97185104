using System.Globalization;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Client.Uploading;

/// <summary>
/// Tells the core what the listener lets it give, and counts the month over restarts. Everything on the loop but the
/// writing to disk.
/// </summary>
internal sealed class UploadControl : IDisposable
{
    /// <summary>How long after a chunk the count is written; so much may be missing from it after a crash.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(10);

    /// <summary>How late a new month may begin.</summary>
    private static readonly TimeSpan MonthInterval = TimeSpan.FromHours(1);

    private readonly ClientCoreOptions _core;
    private readonly UploadSettings _options;
    private readonly bool _serves;
    private readonly UploadLedger _ledger;
    private readonly LoopContext _context;
    private readonly ClientRuntime _runtime;
    private readonly ITimer _months;
    private readonly WakeTimer _saving;
    private string _month = "";
    private bool _isBegun;
    private bool _isToBeSaved;

    /// <summary>Control that does nothing before <see cref="Begin"/>, but whose settings hold already.</summary>
    public UploadControl(SpotifyClientOptions options, UploadLedger ledger, LoopContext context, ClientRuntime runtime)
    {
        _core = options.Core;
        _options = options.Uploads;
        _serves = options.Serve;
        _ledger = ledger;
        _context = context;
        _runtime = runtime;
        Apply();
        var tick = new ActionWorkItem(Tick);
        _months = context.Time.CreateTimer(_ => context.Loop.Post(tick), null, MonthInterval, MonthInterval);
        _saving = new WakeTimer(context.Loop, tick, context.Time);
    }

    /// <summary>What holds: what the listener chose last, else what the options say.</summary>
    public UploadSettings Settings => _ledger.Chosen ?? _options;

    /// <summary>Tells the core what it has to know before anything is given.</summary>
    public void Begin()
    {
        _isBegun = true;
        _month = ThisMonth();
        _runtime.Raise(new MonthCounted(_ledger.Month == _month ? _ledger.Bytes : 0));
        TellLine();
    }

    /// <summary>The listener chose other settings, which hold over restarts; null to go by the options again.</summary>
    public void Choose(UploadSettings? chosen)
    {
        Save(chosen);
        Apply();
        TellLine();
        _runtime.Raise(new Woken());
    }

    /// <summary>A chunk goes up: the count is written soon.</summary>
    public void Note()
    {
        if (_isToBeSaved)
            return;

        _isToBeSaved = true;
        _saving.WakeAt(_context.Time.GetInstant() + SaveInterval);
    }

    /// <summary>Notes the count for the next start.</summary>
    public void End()
    {
        if (_isBegun)
            Write(_ledger.Note(_month, _runtime.Status.Uploads.MonthBytes, _ledger.Chosen));
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
            _runtime.Raise(new MonthCounted(0));
        }

        if (_ledger.Month != _month || _ledger.Bytes != _runtime.Status.Uploads.MonthBytes)
            Save(_ledger.Chosen);
    }

    private void Save(UploadSettings? chosen)
    {
        var write = _ledger.Note(_month, _runtime.Status.Uploads.MonthBytes, chosen);
        _context.Background.Run(() =>
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
            ClientLog.UploadsNotKept(_context.Logger, failure.Message);
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
        _runtime.Raise(new LineChanged(Settings.Metered ? LineKind.Metered : LineKind.Unmetered));

    private string ThisMonth() => _context.Time.GetLocalNow().ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
