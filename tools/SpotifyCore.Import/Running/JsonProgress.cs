using System.Text.Json;
using SpotifyCore.Contracts;

namespace SpotifyCore.Import.Running;

/// <summary>
/// One JSON object a line: <c>begin</c>, then <c>imported</c>, <c>updated</c>, <c>known</c>, <c>restored</c>,
/// <c>removed</c>, <c>incomplete</c> or <c>failed</c> for each source, <c>gone</c> for each that is no more, then <c>summary</c>.
/// </summary>
internal sealed class JsonProgress(TextWriter output) : IImportProgress
{
    private ImportTotals? _totals;

    /// <inheritdoc/>
    public void Begin(ImportTotals totals)
    {
        _totals = totals;
        WriteLine(json =>
        {
            json.WriteString("event", "begin");
            json.WriteNumber("files", totals.Files);
        });
    }

    /// <inheritdoc/>
    public void Show(ImportResult result) => JsonLine.Write(output, json =>
    {
        json.WriteString("event", result.Status.ToString().ToLowerInvariant());
        json.WriteString("source", result.Source.Name);
        if (result.Status != ImportStatus.Failed)
            json.WriteString("track", result.Track);

        if (result.Title.Length > 0)
            json.WriteString("title", result.Title);
        if (result.Duration > TimeSpan.Zero)
            json.WriteNumber("seconds", Math.Round(result.Duration.TotalSeconds, 3));

        WriteProblems(json, result);
        json.WriteNumber("done", _totals!.Done);
        json.WriteNumber("files", _totals.Files);
        json.WriteNumber("decoded_bytes", _totals.DecodedBytes);
        WriteRate(json);
        if (_totals.Left is { } left)
            json.WriteNumber("seconds_left", Math.Round(left.TotalSeconds, 1));
    });

    /// <inheritdoc/>
    public void ShowGone(CataloguedSource source) => WriteLine(json =>
    {
        json.WriteString("event", "gone");
        json.WriteString("source", source.Location);
        json.WriteString("track", source.Track);
        json.WriteString("title", source.Title);
    });

    /// <inheritdoc/>
    public void Tick() => output.Flush();

    /// <inheritdoc/>
    public void Note(string kind, string text) => WriteLine(json =>
    {
        json.WriteString("event", kind);
        json.WriteString("text", text);
    });

    /// <inheritdoc/>
    public void End(bool isInterrupted) => WriteLine(json =>
    {
        json.WriteString("event", "summary");
        json.WriteNumber("imported", _totals!.Imported);
        json.WriteNumber("updated", _totals.Updated);
        json.WriteNumber("known", _totals.Known);
        json.WriteNumber("restored", _totals.Restored);
        json.WriteNumber("incomplete", _totals.Incomplete);
        json.WriteNumber("removed", _totals.Removed);
        json.WriteNumber("failed", _totals.Failed);
        json.WriteNumber("warned", _totals.Warned);
        json.WriteBoolean("interrupted", isInterrupted);
        if (_totals.Stopped is { } reason)
            json.WriteString("stopped", reason);

        json.WriteNumber("gone", _totals.Gone);
        if (_totals.Pruned is { } pruned)
            json.WriteNumber("pruned", pruned);

        WriteMissing(json);
        json.WriteNumber("seconds", Math.Round(_totals.Elapsed.TotalSeconds, 3));
        json.WriteNumber("sound_seconds", Math.Round(_totals.Sound.TotalSeconds, 3));
        WriteRate(json);
    });

    private void WriteMissing(Utf8JsonWriter json)
    {
        if (_totals!.Missing.Count == 0)
            return;

        json.WriteStartArray("missing");
        foreach (var (master, files) in _totals.Missing)
        {
            json.WriteStartObject();
            json.WriteString("master", master.ToString());
            json.WriteNumber("files", files);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteRate(Utf8JsonWriter json) =>
        json.WriteNumber("x_realtime", Math.Round(_totals!.TimesRealTime, 2));

    private static void WriteProblems(Utf8JsonWriter json, ImportResult result)
    {
        if (result.Status == ImportStatus.Failed)
        {
            json.WriteString("error", string.Join("; ", result.Problems));
        }
        else if (result.Problems.Count > 0)
        {
            json.WriteStartArray("warnings");
            foreach (var problem in result.Problems)
                json.WriteStringValue(problem);

            json.WriteEndArray();
        }

        if (result.Detail.Length > 0)
            json.WriteString("detail", result.Detail);
    }

    private void WriteLine(Action<Utf8JsonWriter> write)
    {
        JsonLine.Write(output, write);
        output.Flush();
    }
}
