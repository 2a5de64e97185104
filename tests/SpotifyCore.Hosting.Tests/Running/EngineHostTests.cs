using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;

namespace SpotifyCore.Hosting.Tests.Running;

public sealed class EngineHostTests
{
    [Fact]
    public async Task Start_KnownOptions_BindsThem()
    {
        using var host = Build("--name", "x");

        await host.StartAsync();

        Assert.Equal("x", host.Services.GetRequiredService<IOptions<Sample>>().Value.Name);
        await host.StopAsync();
    }

    [Fact]
    public async Task Start_UnknownOption_Refuses()
    {
        using var host = Build("--nam", "x");

        await Assert.ThrowsAsync<OptionsException>(() => host.StartAsync());
    }

    [Fact]
    public async Task RunToEndAsync_Help_RunsNothing()
    {
        using var host = Build("--help");

        Assert.Equal(ExitCode.Done, await host.RunToEndAsync("x", () => throw new InvalidOperationException("It runs.")));
        Assert.Equal(["  --Name TEXT"], host.Services.GetRequiredService<StrictOptions>().Describe());
    }

    [Fact]
    public async Task RunAsync_Outcomes_BecomeExitCodes()
    {
        Assert.Equal(ExitCode.Done, await EngineHost.RunAsync("x", () => Task.FromResult(0)));
        Assert.Equal(ExitCode.Misused, await EngineHost.RunAsync("x", () => throw new OptionsException("bad")));
        Assert.Equal(ExitCode.Failed, await EngineHost.RunAsync("x", () => throw new IOException("bad")));
    }

    private static IHost Build(params string[] args)
    {
        var builder = Host.CreateApplicationBuilder();
        var options = builder.UseStrictOptions(args);
        builder.BindOptions<Sample>(options);
        return builder.Build();
    }

    private sealed class Sample
    {
        public string Name { get; set; } = "";
    }
}
