using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Processes;

namespace SpotifyCore.Cluster.Tests.Hosts;

/// <summary>What every host does at its start and end.</summary>
[Collection(RoughClusterGroup.Name)]
public sealed class HostTests(RoughCluster rough) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => rough.RestoreAsync();

    [Fact]
    public async Task Terminate_EachHost_DrainsAndExitsWithZero()
    {
        var desktop = await rough.Cluster.DesktopAsync("ending");
        await desktop.TellAsync("login", "anna");
        ClusterNode[] nodes = [.. rough.Cluster.Storage, .. rough.Cluster.Masters, rough.Cluster.AccessPoint];

        Assert.Equal(0, await desktop.TerminateAsync());
        var codes = await Task.WhenAll(nodes.Select(static node => node.TerminateAsync()));
        Assert.All(codes, static code => Assert.Equal(0, code));
    }

    [Theory]
    [InlineData("accesspoint")]
    [InlineData("master")]
    [InlineData("storage")]
    [InlineData("desktop")]
    [InlineData("import", "folder")]
    [InlineData("listener", "status")]
    public async Task Start_UnknownOption_ExitsWithTwoAndSaysWhich(string name, params string[] first)
    {
        var program = name switch
        {
            "accesspoint" => Programs.AccessPoint,
            "master" => Programs.Master,
            "storage" => Programs.Storage,
            "desktop" => Programs.Desktop,
            "import" => Programs.Import,
            _ => Programs.Listener,
        };

        var run = await ProgramRun.RunAsync(program, null, [.. first, "--colour", "blue"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("colour", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ControlSocket_IsForItsUserAlone()
    {
        var desktop = await rough.Cluster.DesktopAsync("private");

        const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(OwnFile, File.GetUnixFileMode(desktop.Socket));
        Assert.Equal(OwnFile | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(desktop.Socket)!));
        Assert.Equal(0, await desktop.TerminateAsync());
    }
}
