using System.Globalization;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
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

    private readonly UploadSettings _options;
    private readonly UploadLedger _ledger;
    private readonly Action<UploadSettings> _apply;
    private readonly LoopContext _context;
    private readonly ClientRuntime _runtime;
    private readonly ITimer _months;
    private readonly WakeTimer _saving;
    private string _month = "";
    private bool _isBegun;
    private bool _isToBeSaved;

    /// <summary>Control that does nothing before <see cref="Begin"/>, but whose settings hold already.</summary>
    /// <param name="options">What holds unless the listener chose something else.</param>
    /// <param name="ledger">The month, and what the listener chose.</param>
    /// <param name="apply">Has settings hold from now on.</param>
    /// <param name="context">The loop.</param>
    /// <param name="runtime">Runs the core.</param>
    public UploadControl(
        UploadSettings options,
        UploadLedger ledger,
        Action<UploadSettings> apply,
        LoopContext context,
        ClientRuntime runtime)
    {
        _options = options;
        _ledger = ledger;
        _apply = apply;
        _context = context;
        _runtime = runtime;
        _apply(Settings);
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
        _apply(Settings);
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

    private void TellLine() =>
        _runtime.Raise(new LineChanged(Settings.Metered ? LineKind.Metered : LineKind.Unmetered));

    private string ThisMonth() => _context.Time.GetLocalNow().ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
