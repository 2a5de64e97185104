using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyCore.Client;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Control;
using SpotifyCore.Hosting.Running;

var program = new HostProgram("spotifycore-desktop", "Plays music for a listener, who drives it with spotifycore.");

return await program.RunAsync(args, async () =>
{
    var builder = Host.CreateEmptyApplicationBuilder(settings: null);
    var options = builder.UseStrictOptions(program, args);
    builder.BindOptions<SpotifyClientOptions>(options);
    builder.BindPart<SpotifyClientOptions, UploadSettings>(options, "Uploads", static client => client.Uploads);
    builder.BindPart<SpotifyClientOptions, PortMappingOptions>(
        options, "PortMapping", static client => client.PortMapping);
    builder.BindOptions<ControlOptions>(options);
    builder.Services
        .AddSpotifyClient()
        .AddControlApi()
        .AddSingleton(static services =>
            new DataDirectory(services.GetRequiredService<IOptions<SpotifyClientOptions>>().Value.DataDirectory)
            {
                IsTakenByItsUser = true,
            });

    using var host = builder.Build();
    return await host.RunToEndAsync(
        () => host.Services.GetRequiredService<IOptions<ControlOptions>>().Value.Socket);
});
