using System.Diagnostics;
using System.Runtime.InteropServices;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Output;

/// <summary>Tests that need the sound server and the processor to themselves: they keep real time.</summary>
[CollectionDefinition(nameof(PulseServer), DisableParallelization = true)]
public sealed class PulseServerTests : ICollectionFixture<PulseServer>;

/// <summary>
/// A PulseAudio server of the test's own whose only card is a null sink, made ALSA's default device in this process.
/// Needs Debian's pulseaudio, pulseaudio-utils, libasound2-plugins and libportaudio2.
/// </summary>
public sealed partial class PulseServer : IDisposable
{
    private readonly TempDirectory _home = new();
    private readonly Process _server;

    public PulseServer()
    {
        // Not in the environment that .NET shows: ALSA reads the process's own.
        File.WriteAllText(
            _home["asound.conf"], $$"""pcm.!default { type pulse server "{{Address}}" hint { show on } }""");
        Assert.Equal(0, SetEnvironment("ALSA_CONFIG_PATH", $"/usr/share/alsa/alsa.conf:{_home["asound.conf"]}", 1));
        Assert.Equal(0, SetEnvironment("HOME", _home.Path, 1));
        _server = Run(
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "-L",
            "module-null-sink sink_name=null format=float32le rate=48000 channels=2",
            "-L",
            $"module-native-protocol-unix socket={_home["native"]} auth-anonymous=1");
        WaitUntilReady();
    }

    private string Address => $"unix:{_home["native"]}";

    /// <summary>Records what the card sounds, as 32-bit floats, to the process's output.</summary>
    public Process Record() => Run(
        "parec", $"--server={Address}", "--device=null.monitor", "--raw", "--format=float32le", "--rate=48000",
        "--channels=2", "--latency-msec=20");

    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
        _home.Dispose();
    }

    private void WaitUntilReady()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var asked = Run("pactl", $"--server={Address}", "info");
            asked.StandardOutput.ReadToEnd();
            asked.WaitForExit();
            if (asked.ExitCode == 0)
                return;

            Assert.False(_server.WaitForExit(100), "pulseaudio has ended");
        }

        Assert.Fail("pulseaudio does not answer");
    }

    private Process Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HOME"] = _home.Path, ["XDG_RUNTIME_DIR"] = _home.Path },
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
