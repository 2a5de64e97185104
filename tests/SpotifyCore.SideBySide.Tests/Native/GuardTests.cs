using System.Diagnostics;
using SpotifyCore.Testing;

namespace SpotifyCore.SideBySide.Tests.Native;

public sealed class GuardTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("exec sleep 600")]
    [InlineData("trap '' TERM; exec sleep 600")]
    public async Task InputEnds_TheProgramDoesToo(string script)
    {
        using var directory = new TempDirectory();
        var guard = await NativeProgram.BuildAsync(directory.Path, "guard");
        using var program = NativeProgram.Start(guard, "sh", "-c", script);
        try
        {
            Assert.False(program.WaitForExit(TimeSpan.FromMilliseconds(200)));

            program.StandardInput.Close();
            await program.WaitForExitAsync().WaitAsync(Patience);

            Assert.NotEqual(0, program.ExitCode);
        }
        finally
        {
            Kill(program);
        }
    }

    [Fact]
    public async Task TheProgramEnds_WithItsOwnExitCode_AndNobodyHoldsItsOutput()
    {
        using var directory = new TempDirectory();
        var guard = await NativeProgram.BuildAsync(directory.Path, "guard");
        using var program = NativeProgram.Start(guard, "sh", "-c", "echo said; exit 7");
        try
        {
            Assert.Equal("said\n", await program.StandardOutput.ReadToEndAsync().WaitAsync(Patience));
            await program.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(7, program.ExitCode);
        }
        finally
        {
            Kill(program);
        }
    }

    private static void Kill(Process program)
    {
        if (!program.HasExited)
            program.Kill(entireProcessTree: true);
    }
}
