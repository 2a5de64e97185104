using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace SpotifyCore.Import.Running;

/// <summary>One JSON object on a line of its own, seen at once by who reads.</summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions Format = new() { Encoder = CreateEncoder() };

    public static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Format))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
        output.Flush();
    }

    // Letters of all scripts stand as they are. What commands a terminal or hides is escaped: nothing of a name is lost.
    private static JavaScriptEncoder CreateEncoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidCharacters([.. Enumerable.Range(0, char.MaxValue + 1)
            .Select(static value => (char)value)
            .Where(static sign => char.GetUnicodeCategory(sign) == UnicodeCategory.Format)]);
        return JavaScriptEncoder.Create(settings);
    }
}
