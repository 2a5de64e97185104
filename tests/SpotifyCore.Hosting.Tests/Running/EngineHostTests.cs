using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;

namespace SpotifyCore.Hosting.Tests.Running;

public sealed class EngineHostTests
{
    private static readonly HostProgram Program = new("spotifycore-x", "Is tried.");

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

        Assert.Equal(ExitCode.Done, await host.RunToEndAsync(() => throw new InvalidOperationException("It runs.")));
    }

    [Fact]
    public async Task RunAsync_Outcomes_BecomeExitCodes()
    {
        Assert.Equal(ExitCode.Done, await Program.RunAsync([], () => Task.FromResult(0)));
        Assert.Equal(ExitCode.Misused, await Program.RunAsync([], () => throw new OptionsException("bad")));
        Assert.Equal(ExitCode.Failed, await Program.RunAsync([], () => throw new IOException("bad")));
        Assert.Equal(
            ExitCode.Done, await Program.RunAsync(["--version"], () => throw new InvalidOperationException("It runs.")));
    }

    [Fact]
    public async Task RunAsync_TextThatCommandsATerminal_IsLoggedAndSaidPlain()
    {
        const string Hostile = "\u001b]0;x\a\u009b2J\u202ey\u200b";
        var before = (Console.Out, Console.Error);
        var said = new StringWriter();
        Console.SetError(said);
        try
        {
            await Program.RunAsync([], () =>
            {
                var builder = Host.CreateEmptyApplicationBuilder(settings: null);
                builder.UseStrictOptions(Program, []);
                using (var host = builder.Build())
                    host.Services.GetRequiredService<ILogger<EngineHostTests>>().LogWarning("Named {Name}", Hostile);

                throw new IOException(Hostile);
            });
        }
        finally
        {
            Console.SetOut(before.Out);
            Console.SetError(before.Error);
        }

        Assert.Contains("Named ]0;x2Jy", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("spotifycore-x: ]0;x2Jy", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(said.ToString(), static sign => sign is '\u001b' or '\a' or '\u009b' or '\u202e' or '\u200b');
    }

    [Fact]
    public async Task RunToEndAsync_ServiceThatFailsLater_FailsTheRun()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.UseStrictOptions(Program, []);
        builder.Services.AddHostedService<Failing>();
        using var host = builder.Build();

        Assert.Equal(ExitCode.Failed, await Program.RunAsync([], () => host.RunToEndAsync(() => "")));
    }

    private static IHost Build(params string[] args)
    {
        var builder = Host.CreateApplicationBuilder();
        var options = builder.UseStrictOptions(Program, args);
        builder.BindOptions<Sample>(options);
        return builder.Build();
    }

    private sealed class Failing : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new IOException("later");
        }
    }

    private sealed class Sample
    {
        public string Name { get; set; } = "";
    }
}
