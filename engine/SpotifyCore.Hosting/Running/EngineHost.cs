using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using SpotifyCore.Content.Text;
using SpotifyCore.Content;
using SpotifyCore.Hosting.Options;

namespace SpotifyCore.Hosting.Running;

/// <summary>
/// What every host shares: settings, logs on standard error, a ready line on standard output,
/// SIGTERM and Ctrl-C that drain, exit codes.
/// </summary>
public static class EngineHost
{
    private const DynamicallyAccessedMemberTypes Bound =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;

    /// <summary>How long a host that was asked to stop may take to finish what it has begun.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Runs a program's main and turns how it ends into an <see cref="ExitCode"/>, with one line on standard error.
    /// <c>--version</c> is answered before it. What the program prints and logs from here on is
    /// <see cref="PlainText"/>.
    /// </summary>
    public static async Task<int> RunAsync(this HostProgram program, string[] args, Func<Task<int>> main)
    {
        PlainTextWriter.GuardConsole();
        if (args.Contains("--version", StringComparer.Ordinal))
        {
            await Console.Out.WriteLineAsync(ProductVersion.LineOf(program.Name));
            return ExitCode.Done;
        }

        try
        {
            return await main();
        }
        catch (Exception failed)
        {
            await SayAsync(program, Failure.Describe(failed));
            return Failure.IsMisuse(failed) ? ExitCode.Misused : ExitCode.Failed;
        }
    }

    /// <summary>
    /// Replaces the builder's settings by <see cref="OptionSources"/>, sends logs to standard error, and makes the
    /// host refuse to start over an option that nobody claimed, by <see cref="BindOptions"/> or through
    /// <see cref="StrictOptions"/>.
    /// </summary>
    /// <returns>The settings, for what must be known before the host is built.</returns>
    public static StrictOptions UseStrictOptions(
        this IHostApplicationBuilder builder, HostProgram program, IReadOnlyList<string> args)
    {
        var settings = OptionSources.Read(program.Name, args);
        var options = new StrictOptions(settings);
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(settings);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(program);
        builder.Services.AddHostedService<StrictOptionsGuard>();
        builder.Services.AddSingleton<IHostLifetime, StopSignals>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime);
        LogToStandardError(builder.Logging, settings);
        return options;
    }

    /// <summary>Binds a section of the settings to <typeparamref name="T"/>, validated when the host starts.</summary>
    public static OptionsBuilder<T> BindOptions<[DynamicallyAccessedMembers(Bound)] T>(
        this IHostApplicationBuilder builder, StrictOptions options, string section = "")
        where T : class
    {
        options.Claim<T>(section);
        return builder.Services.AddOptions<T>()
            .Configure(bound => options.Apply(bound, section))
            .PostConfigure(bound => options.CheckComplete(bound, section))
            .ValidateOnStart();
    }

    /// <summary>
    /// Binds a part of a feature's options, an object of its own within them, to a section of the settings.
    /// </summary>
    public static void BindPart<T, [DynamicallyAccessedMembers(Bound)] TPart>(
        this IHostApplicationBuilder builder, StrictOptions options, string section, Func<T, TPart> part)
        where T : class
        where TPart : class
    {
        options.Claim<TPart>(section);
        builder.Services.AddOptions<T>().Configure(bound => options.Apply(part(bound), section));
    }

    /// <summary>
    /// Runs until SIGTERM or Ctrl-C; once everything has started, writes one line to standard output:
    /// <c>name ready address</c>. With <c>--help</c> it writes the options instead and runs nothing.
    /// </summary>
    /// <param name="host">The host, built from <see cref="UseStrictOptions"/>.</param>
    /// <param name="address">Asked when the host has started, so that a port chosen by the system is known.</param>
    public static async Task<int> RunToEndAsync(this IHost host, Func<string> address)
    {
        var program = host.Services.GetRequiredService<HostProgram>();
        var options = host.Services.GetRequiredService<StrictOptions>();
        if (options.IsHelp)
            return await program.HelpAsync(options);

        // Before any service is made: a wrong option must not leave files behind, nor hide behind its consequences.
        host.CheckOptions();

        // From here on a signal stops the host instead of ending the process.
        host.Services.GetRequiredService<IHostLifetime>();
        var directories = DataDirectory.TakeAll(host.Services, options);
        try
        {
            await RunAsync(host, program, address);
        }
        catch (OptionsValidationException wrong)
        {
            throw Failure.OfOptions(wrong, options);
        }
        finally
        {
            while (directories.TryPop(out var taken))
                taken.Dispose();
        }

        return ExitCode.Done;
    }

    /// <summary>Looks at all options of a host before any of its services is made.</summary>
    /// <exception cref="OptionsException">Says all that is wrong with them.</exception>
    public static void CheckOptions(this IHost host)
    {
        var options = host.Services.GetRequiredService<StrictOptions>();
        options.Check();
        try
        {
            host.Services.GetService<IStartupValidator>()?.Validate();
        }
        catch (Exception wrong) when (Failure.IsMisuse(wrong))
        {
            throw Failure.OfOptions(wrong, options);
        }
    }

    private static async Task RunAsync(IHost host, HostProgram program, Func<string> address)
    {
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        await using var started = lifetime.ApplicationStarted.Register(
            () => Console.Out.WriteLine($"{program.Name} ready {address()}"));
        var services = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
        try
        {
            await StartAsync(host, program, lifetime.ApplicationStopping);
            await host.WaitForShutdownAsync();
        }
        catch (Exception cut) when (Failure.IsCancellation(cut) && lifetime.ApplicationStopping.IsCancellationRequested)
        {
            var time = OptionValue.Format(DrainTime, isSize: false);
            await SayAsync(program, $"what was under way after {time} was cut off");
        }
        finally
        {
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        // The host stops when one of them fails, and says nothing of it.
        foreach (var service in services.Where(static service => service.ExecuteTask is { IsFaulted: true }))
            await service.ExecuteTask!;
    }

    // A start that was asked to stop ends in whatever its services make of that. All of them are stopped then, those
    // that never started as well.
    private static async Task StartAsync(IHost host, HostProgram program, CancellationToken stopping)
    {
        try
        {
            await host.StartAsync(CancellationToken.None);
        }
        catch (Exception stopped) when (stopping.IsCancellationRequested)
        {
            if (!Failure.IsCancellation(stopped))
                await SayAsync(program, $"stopped while starting: {Failure.Describe(stopped)}");
        }
    }

    private static Task SayAsync(HostProgram program, string line) =>
        Console.Error.WriteLineAsync($"{program.Name}: {line}");

    /// <summary>Writes what the program takes, once its options are claimed.</summary>
    public static async Task<int> HelpAsync(this HostProgram program, StrictOptions options)
    {
        await Console.Out.WriteAsync(OptionsHelp.Of(program, options));
        return ExitCode.Done;
    }

    private static void LogToStandardError(ILoggingBuilder logging, IConfiguration settings)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Grpc", LogLevel.Warning);

        // What a caller sends that can't be read is no failure of the server's; those of handlers are logged there.
        logging.AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.None);

        // It logs the stack of a failed start; RunAsync says the same in a line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddConfiguration(settings.GetSection("Logging"));
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
