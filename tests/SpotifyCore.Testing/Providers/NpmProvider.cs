using System.Diagnostics;
using Xunit;

namespace SpotifyCore.Testing.Providers;

/// <summary>npm's oidc-provider as a process of its own, installed into a folder of its own; it needs node and npm.</summary>
public sealed class NpmProvider : IAsyncDisposable
{
    private const string Package = "oidc-provider@9.13.3";

    private readonly TempDirectory _directory = new();
    private readonly int _port = FreePort.Take();
    private Process? _server;

    private NpmProvider()
    {
    }

    /// <summary>Its issuer.</summary>
    public string Issuer => $"http://127.0.0.1:{_port}";

    /// <summary>Installs and starts it.</summary>
    public static async Task<NpmProvider> StartAsync()
    {
        var provider = new NpmProvider();
        var folder = provider._directory.Path;
        using (var install = Process.Start(Prepare(
            "npm", "install", "--no-audit", "--no-fund", "--no-progress", "--prefix", folder, Package))!)
        {
            var said = install.StandardOutput.ReadToEndAsync();
            var wrong = await install.StandardError.ReadToEndAsync();
            await install.WaitForExitAsync();
            Assert.True(install.ExitCode == 0, $"npm: {await said}\n{wrong}");
        }

        var script = Path.Combine(Repository.Root, "tests/SpotifyCore.Testing/Providers/oidc-provider.mjs");
        provider._server = Process.Start(Prepare("node", script, folder, $"{provider._port}"))!;
        provider._server.ErrorDataReceived += static (_, _) => { };
        provider._server.BeginErrorReadLine();
        string? line;
        while ((line = await provider._server.StandardOutput.ReadLineAsync()) != "ready")
            Assert.NotNull(line);

        // What it prints further must not fill the pipe.
        _ = provider._server.StandardOutput.ReadToEndAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill();
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        _directory.Dispose();
    }

    private static ProcessStartInfo Prepare(string program, params string[] arguments) => new(program, arguments)
    {
        UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
    };
}
