using SpotifyCore.Content.Text;

namespace SpotifyCore.Content.Tests.Text;

public sealed class PlainTextWriterTests
{
    [Fact]
    public async Task Write_EachKind_PassesTextAndLinesOnAndNothingElse()
    {
        var output = new StringWriter { NewLine = "\n" };
        await using (var writer = new PlainTextWriter(output) { NewLine = "\n" })
        {
            writer.Write('\u001b');
            writer.Write('a');
            writer.Write("\u001b]0;title\a");
            writer.Write(['x', '\u202e', 'y'], 0, 3);
            writer.WriteLine("\ttwo\nlines\u009b");
            writer.WriteLine();
            writer.Write("{0}\u001b{1}", 1, 2);
            await writer.WriteLineAsync("späť\u200b");
        }

        Assert.Equal("a]0;titlexy\ttwo\nlines\n\n12späť\n", output.ToString());
    }
}
