using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Processes;

namespace SpotifyCore.Cluster.Tests.Hosts;

/// <summary>Two processes never work on one data directory.</summary>
[Collection(RoughClusterGroup.Name)]
public sealed class DataDirectoryTests(RoughCluster rough) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => rough.RestoreAsync();

    [Theory]
    [InlineData("accesspoint")]
    [InlineData("master")]
    [InlineData("storage")]
    [InlineData("desktop")]
    public async Task Start_OnADirectoryInUse_IsRefusedInALine(string host)
    {
        var (program, data, more) = host switch
        {
            "accesspoint" => (Programs.AccessPoint, rough.Cluster.AccessPoint.Data,
                new[] { "--listen", "http://127.0.0.1:0" }),
            "master" => (Programs.Master, rough.Cluster.Masters[0].Data, ["--listen", "127.0.0.1:0"]),
            "storage" => (Programs.Storage, rough.Cluster.Storage[0].Data,
                ["--listen", "127.0.0.1:0", "--masters", $"{rough.Cluster.Masters[0].Address}"]),
            _ => (Programs.Desktop, (await rough.Cluster.DesktopAsync("twice")).Data,
                ["--access-point", rough.Cluster.AccessPointUrl, "--output", "null", "--listen-port", "0",
                    "--socket", rough.Cluster.Work["twice.sock"]]),
        };

        var run = await ProgramRun.RunAsync(program, null, ["--data-directory", data, .. more]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"'{data}' is in use by another process", run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
