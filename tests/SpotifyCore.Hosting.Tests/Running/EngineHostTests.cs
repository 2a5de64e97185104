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

    /// <summary>Asked to stop before, in the middle of and after the start of the second of three services.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task RunToEndAsync_AskedToStopWhileItStarts_StopsWhatStartedAndIsDone(int step)
    {
        var steps = new Steps(step);
        using var host = Build(steps);
        steps.Stop = host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication;
        if (step == 0)
            steps.Stop();

        Assert.Equal(ExitCode.Done, await Program.RunAsync([], () => host.RunToEndAsync(() => "")));
        Assert.Equal(steps.Started.Count, steps.Stopped.Intersect(steps.Started).Count());
        Assert.Equal(step / 2, steps.Started.Count);
    }

    [Fact]
    public async Task RunToEndAsync_ServiceThatIsNotDoneInTime_IsCutOffAndDone()
    {
        var steps = new Steps(6);
        using var host = Build(steps, static host => host.ShutdownTimeout = TimeSpan.Zero);
        steps.Stop = host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication;
        steps.StopsLate = true;

        Assert.Equal(ExitCode.Done, await Program.RunAsync([], () => host.RunToEndAsync(() => "")));
    }

    [Fact]
    public async Task RunAsync_CancellationThatNobodyAskedFor_IsAFailure() =>
        Assert.Equal(ExitCode.Failed, await Program.RunAsync([], () => throw new OperationCanceledException()));

    private static IHost Build(Steps steps, Action<HostOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.UseStrictOptions(Program, []);
        builder.Services.Configure<HostOptions>(host => configure?.Invoke(host));
        for (var i = 0; i < 3; i++)
            builder.Services.AddSingleton<IHostedService>(new Stepping(steps));

        return builder.Build();
    }

    private static IHost Build(params string[] args)
    {
        var builder = Host.CreateApplicationBuilder();
        var options = builder.UseStrictOptions(Program, args);
        builder.BindOptions<Sample>(options);
        return builder.Build();
    }

    /// <summary>Two steps of each service's start; at one of them the host is asked to stop.</summary>
    private sealed class Steps(int stopAt)
    {
        private int _step;

        public List<Stepping> Started { get; } = [];

        public List<Stepping> Stopped { get; } = [];

        public Action Stop { get; set; } = static () => { };

        public bool StopsLate { get; set; }

        public async Task TakeAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (++_step == stopAt)
                Stop();

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private sealed class Stepping(Steps steps) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await steps.TakeAsync(cancellationToken);
            steps.Started.Add(this);
            await steps.TakeAsync(CancellationToken.None);
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            steps.Stopped.Add(this);
            return steps.StopsLate ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask;
        }
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
