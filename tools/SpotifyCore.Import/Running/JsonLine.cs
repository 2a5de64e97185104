using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace SpotifyCore.Import.Running;

/// <summary>One JSON object on a line of its own.</summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions Format = new() { Encoder = CreateEncoder() };

    // Lines come by ten thousands, and many threads may write them.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_line;

    [ThreadStatic]
    private static Utf8JsonWriter? t_json;

    /// <summary>Writes a line; who reads sees it once <paramref name="output"/> is flushed.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        var line = t_line ??= new ArrayBufferWriter<byte>();
        var json = t_json ??= new Utf8JsonWriter(line, Format);
        line.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        output.WriteLine(System.Text.Encoding.UTF8.GetString(line.WrittenSpan));
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
