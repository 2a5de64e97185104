using System.Globalization;
using System.Text;
using SpotifyCore.Content.Files;

namespace SpotifyCore.Client.Uploading;

/// <summary>
/// What survives a restart of uploads: the bytes of a month, and what the listener chose while the client ran. Lines
/// of <c>name=value</c>, replaced whole. What can't be read counts as not there.
/// </summary>
internal sealed class UploadLedger
{
    private readonly string _path;
    private readonly Lock _writing = new();
    private long _version;
    private long _written;

    private UploadLedger(string path) => _path = path;

    /// <summary>The month that was counted, as year and month: <c>2031-04</c>.</summary>
    public string Month { get; private set; } = "";

    /// <summary>Bytes given in it.</summary>
    public long Bytes { get; private set; }

    /// <summary>What the listener chose; null when the options hold.</summary>
    public UploadSettings? Chosen { get; private set; }

    /// <summary>Reads what was kept.</summary>
    public static UploadLedger Open(string path)
    {
        var ledger = new UploadLedger(path);
        try
        {
            if (File.Exists(path))
                ledger.Read(File.ReadLines(path).Take(100));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Counted anew: a budget may be exceeded once.
        }

        return ledger;
    }

    /// <summary>Notes how it stands.</summary>
    /// <returns>Writes it to disk when called, from any thread; an older one never replaces a newer.</returns>
    public Action Note(string month, long bytes, UploadSettings? chosen)
    {
        (Month, Bytes, Chosen) = (month, bytes, chosen);
        var (version, text) = (++_version, Text());
        return () => Write(version, text);
    }

    private void Write(long version, string text)
    {
        lock (_writing)
        {
            if (version <= _written)
                return;

            _written = version;
            DurableFile.Replace(_path, Encoding.UTF8.GetBytes(text));
        }
    }

    private string Text()
    {
        var counted = string.Create(CultureInfo.InvariantCulture, $"month={Month}\nbytes={Bytes}\n");
        return Chosen is not { } chosen ? counted : counted + string.Create(
            CultureInfo.InvariantCulture,
            $"enabled={chosen.Enabled}\nmax-bytes-per-second={chosen.MaxBytesPerSecond}\nlan-only={chosen.LanOnly}\n"
                + $"monthly-bytes={chosen.MonthlyBytes}\nmetered={chosen.Metered}\n");
    }

    private void Read(IEnumerable<string> lines)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                values[line[..at]] = line[(at + 1)..];
        }

        Month = values.GetValueOrDefault("month", "");
        Bytes = Math.Max(0, Number(values, "bytes"));
        if (!values.ContainsKey("enabled"))
            return;

        Chosen = new UploadSettings
        {
            Enabled = Switch(values, "enabled"),
            MaxBytesPerSecond = (int)Math.Clamp(Number(values, "max-bytes-per-second"), 0, int.MaxValue),
            LanOnly = Switch(values, "lan-only"),
            MonthlyBytes = Math.Max(0, Number(values, "monthly-bytes")),
            Metered = Switch(values, "metered"),
        };
    }

    private static long Number(Dictionary<string, string> values, string name) =>
        long.TryParse(values.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static bool Switch(Dictionary<string, string> values, string name) =>
        bool.TryParse(values.GetValueOrDefault(name), out var on) && on;
}
