using System.Diagnostics;
using System.Net;
using System.Text;
using SpotifyCore.Testing;

namespace SpotifyCore.Codec.Tests.Foreign;

/// <summary>A browser decodes what the engine writes. Installs Debian's chromium where it is missing.</summary>
[Trait("Length", "long")]
public sealed class BrowserTests
{
    // The page counts as loaded, and the browser ends, when /loaded is answered: after the result came.
    private const string Page = """
        <!doctype html><title>decode</title><img src="/loaded"><script>
        const report = text => fetch("/result?" + text);
        fetch("/file").then(answer => answer.arrayBuffer())
          .then(bytes => new OfflineAudioContext(1, 1, 48000).decodeAudioData(bytes))
          .then(pcm => report(`${pcm.length},${pcm.numberOfChannels}`), error => report(error));
        </script>
        """;

    [Theory]
    [InlineData(1, 96_000, 50_001)]
    [InlineData(2, 160_000, 96_000)]
    [InlineData(2, 320_000, 123_457)]
    public async Task WrittenFile_InChromium_DecodesToItsSamples(int channels, int bitsPerSecond, int samples)
    {
        InstallChromium();
        using var server = Listen(out var address);
        var file = TestOpus.Encode(TestPcm.Music(samples, channels), channels, bitsPerSecond);
        var result = new TaskCompletionSource<string>();
        var serving = ServeAsync(server, file, result);
        using var directory = new TempDirectory();

        await Task.Run(() => Tool.Run(
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            $"--user-data-dir={directory["profile"]}", "--dump-dom", address));
        server.Stop();
        await serving;

        Assert.True(result.Task.IsCompleted);
        Assert.Equal($"?{samples},{channels}", await result.Task);
    }

    private static async Task ServeAsync(HttpListener server, byte[] file, TaskCompletionSource<string> result)
    {
        var held = new List<HttpListenerResponse>();
        while (await NextAsync(server) is { } context)
        {
            var url = context.Request.Url!;
            if (url.AbsolutePath == "/loaded" && !result.Task.IsCompleted)
            {
                held.Add(context.Response);
                continue;
            }

            var body = url.AbsolutePath == "/" ? Encoding.UTF8.GetBytes(Page) : url.AbsolutePath == "/file" ? file : [];
            context.Response.Close(body, willBlock: false);
            if (url.AbsolutePath != "/result")
                continue;

            result.TrySetResult(Uri.UnescapeDataString(url.Query));
            held.ForEach(response => response.Close());
            held.Clear();
        }
    }

    private static async Task<HttpListenerContext?> NextAsync(HttpListener server)
    {
        try
        {
            return await server.GetContextAsync();
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            return null;
        }
    }

    private static HttpListener Listen(out string address)
    {
        address = $"http://127.0.0.1:{FreePort.Take()}/";
        var server = new HttpListener { Prefixes = { address } };
        server.Start();
        return server;
    }

    private static void InstallChromium()
    {
        if (File.Exists("/usr/bin/chromium"))
            return;

        Tool.Run("apt-get", "update", "-qq");
        using var install = Process.Start(
            new ProcessStartInfo("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"])
            {
                Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
            })!;
        install.WaitForExit();
        Assert.Equal(0, install.ExitCode);
    }
}
