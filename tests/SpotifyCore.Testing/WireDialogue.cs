using System.Text.RegularExpressions;
using Xunit;

namespace SpotifyCore.Testing;

/// <summary>
/// Speaks bytes as the specification writes them, over any stream and with no code of the engine's: a line of
/// hexadecimal that begins with &gt; is sent, one that begins with &lt; must come. <c>{name}</c> stands for bytes that
/// were given beforehand or, in what comes, for any of a length that was.
/// </summary>
public sealed partial class WireDialogue(Stream stream) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, byte[]> _values = [];
    private readonly Dictionary<string, int> _open = [];

    /// <summary>The bytes that a name stands for, given or heard.</summary>
    public byte[] this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }

    /// <summary>Says how many bytes a name stands for that is to be heard.</summary>
    public void Expect(string name, int length) => _open[name] = length;

    /// <summary>Speaks lines one after the other; those that are neither sent nor expected are left out.</summary>
    public async Task SpeakAsync(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (line.StartsWith('>'))
                await SendAsync(line[1..]);
            else if (line.StartsWith('<'))
                await ReceiveAsync(line[1..]);
        }
    }

    /// <summary>Speaks lines one after the other.</summary>
    public Task SpeakAsync(string lines) =>
        SpeakAsync(lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Sends bytes that are written in hexadecimal.</summary>
    public async Task SendAsync(string hex)
    {
        using var patience = new CancellationTokenSource(Patience);
        byte[] bytes = [.. Parts(hex).SelectMany(part => part[0] == '{' ? _values[NameOf(part)] : FromHex(part))];
        await stream.WriteAsync(bytes, patience.Token);
    }

    /// <summary>Fails unless these bytes come next.</summary>
    public async Task ReceiveAsync(string hex)
    {
        var heard = "";
        foreach (var part in Parts(hex))
        {
            var isOpen = part[0] == '{' && !_values.ContainsKey(NameOf(part));
            var expected = isOpen ? [] : part[0] == '{' ? _values[NameOf(part)] : FromHex(part);
            var bytes = await ReadAsync(isOpen ? _open[NameOf(part)] : expected.Length, hex, heard);
            heard += $" {Convert.ToHexStringLower(bytes)}";
            if (isOpen)
                _values[NameOf(part)] = bytes;
            else
                Assert.True(bytes.AsSpan().SequenceEqual(expected), $"expected {hex}\nheard    {heard}");
        }
    }

    /// <summary>Reads the next frame whole: header and payload.</summary>
    public async Task<byte[]> ReadFrameAsync()
    {
        var header = await ReadAsync(10, "a frame", "");
        var payload = await ReadAsync(BitConverter.ToInt32(header), "its payload", Convert.ToHexString(header));
        return [.. header, .. payload];
    }

    /// <summary>The next frame whole; null where the far side has ended the connection instead.</summary>
    public async Task<byte[]?> TryReadFrameAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var header = new byte[10];
        try
        {
            if (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, patience.Token) == 0)
                return null;
        }
        catch (IOException)
        {
            // A reset is an end too.
            return null;
        }

        var payload = await ReadAsync(BitConverter.ToInt32(header), "its payload", Convert.ToHexString(header));
        return [.. header, .. payload];
    }

    /// <summary>Fails unless the far side ends the connection without another byte.</summary>
    public async Task EndsAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var rest = new byte[256];
        try
        {
            var length = await stream.ReadAsync(rest, patience.Token);
            Assert.True(length == 0, $"no end but {Convert.ToHexStringLower(rest.AsSpan(0, length))}");
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async Task<byte[]> ReadAsync(int length, string expected, string heard)
    {
        using var patience = new CancellationTokenSource(Patience);
        var bytes = new byte[length];
        var got = await stream.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, patience.Token);
        Assert.True(got == length, $"expected {expected}\nheard    {heard} {Convert.ToHexStringLower(bytes.AsSpan(0, got))} end");
        return bytes;
    }

    private static IEnumerable<string> Parts(string hex) => Part().Matches(hex).Select(static part => part.Value);

    private static string NameOf(string part) => part[1..^1];

    private static byte[] FromHex(string part) => Convert.FromHexString(part);

    [GeneratedRegex(@"\{[^}]+\}|[0-9a-f]+", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Part();
}
