using System.Diagnostics;
using Google.Protobuf;
using SpotifyCore.Contracts.Tests.Echo;
using SpotifyCore.Testing;

namespace SpotifyCore.Contracts.Tests.Foreign;

/// <summary>One of the Python scripts beside this file, run by Debian's Python with grpcio.</summary>
public sealed class PythonProcess : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Process _process;

    public PythonProcess(string script, params string[] arguments)
    {
        DebianPackage.Require("python3-grpcio");
        File.WriteAllBytes(_directory["echo.pb"], EchoReflection.Descriptor.SerializedData.ToByteArray());
        var path = Path.Combine(AppContext.BaseDirectory, "Foreign", script);
        var start = new ProcessStartInfo("/usr/bin/python3", [path, _directory["echo.pb"], .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["GRPC_VERBOSITY"] = "NONE", ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        _process = Process.Start(start)!;
    }

    /// <summary>The first line that it prints.</summary>
    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("It printed nothing.");

    /// <summary>All that it prints until it ends by itself.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        Assert.Equal(0, _process.ExitCode);
        return output;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _directory.Dispose();
    }
}
