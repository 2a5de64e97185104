using Microsoft.Extensions.Hosting;
using SpotifyCore.AccessPoint;
using SpotifyCore.Backend;
using SpotifyCore.Hosting.Running;

const string Name = "spotifycore-accesspoint";

return await EngineHost.RunAsync(Name, async () =>
{
    if (AccountCommand.IsMeant(args))
        return await AccountCommand.RunAsync(args);

    var builder = Host.CreateEmptyApplicationBuilder(settings: null);
    var options = builder.UseStrictOptions(args);
    builder.BindOptions<BackendOptions>(options);
    builder.Services.AddBackend();
    builder.Services.AddListener(options.Read<ListenerOptions>(), options.Read<BackendOptions>());

    using var host = builder.Build();
    return await host.RunToEndAsync(Name, () => Listener.Describe(host.Services));
});
