using System.Diagnostics;
using System.Text.Json;

namespace SpotifyCore.Control.Tests.Cli;

/// <summary>The listener's command in a terminal, whose screen can be looked at.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int Rows = 50;

    private readonly Process _process;

    private PseudoTerminal(Process process) => _process = process;

    /// <summary>Starts a command in a terminal so many cells wide; 0 for one that does not say.</summary>
    public static PseudoTerminal Start(int columns, params string[] arguments) => Start(columns, [], arguments);

    /// <summary>Likewise, with variables of its environment, NAME=VALUE.</summary>
    public static PseudoTerminal Start(int columns, string[] variables, string[] arguments)
    {
        DebianPackage.Require("python3");
        var script = Path.Combine(AppContext.BaseDirectory, "Cli", "terminal.py");
        string[] program = ["/usr/bin/env", .. variables, "dotnet", Path.Combine(AppContext.BaseDirectory, "spotifycore.dll")];
        var start = new ProcessStartInfo("/usr/bin/python3", [script, $"{columns}", $"{Rows}", .. program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        return new PseudoTerminal(Process.Start(start)!);
    }

    /// <summary>What is on the screen now.</summary>
    public async Task<Screen> ShowAsync()
    {
        await SayAsync("show");
        using var shown = JsonDocument.Parse(await _process.StandardOutput.ReadLineAsync() ?? "{}");
        var rows = shown.RootElement.GetProperty("rows").EnumerateArray().Select(static row => row.GetString()!).ToList();
        while (rows is [.., ""])
            rows.RemoveAt(rows.Count - 1);

        var (wraps, ended) = (shown.RootElement.GetProperty("wraps"), shown.RootElement.GetProperty("ended"));
        return new Screen(rows, wraps.GetInt32(), ended.GetBoolean());
    }

    /// <summary>Makes the terminal so many cells wide.</summary>
    public Task ResizeAsync(int columns) => SayAsync($"resize {columns} {Rows}");

    /// <summary>Types Ctrl-C.</summary>
    /// <returns>The screen that the command leaves behind, and its exit code.</returns>
    public async Task<(Screen Screen, int ExitCode)> InterruptAsync()
    {
        await SayAsync("interrupt");
        await Eventually.TrueAsync(async () => (await ShowAsync()).HasEnded, "it ends");
        var screen = await ShowAsync();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        return (screen, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        _process.Dispose();
    }

    private async Task SayAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
    }

    /// <param name="Rows">Its rows, without the empty ones at the end.</param>
    /// <param name="Wraps">Lines that were too wide for it since its size was last set.</param>
    /// <param name="HasEnded">True once the command has ended.</param>
    internal sealed record Screen(IReadOnlyList<string> Rows, int Wraps, bool HasEnded)
    {
        public override string ToString() => $"{Wraps} wraps\n{string.Join('\n', Rows)}";
    }
}
