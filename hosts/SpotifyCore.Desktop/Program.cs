using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyCore.Client;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Control;
using SpotifyCore.Hosting.Running;

const string Name = "spotifycore-desktop";

return await EngineHost.RunAsync(Name, async () =>
{
    var builder = Host.CreateApplicationBuilder();
    var options = builder.UseStrictOptions(args);
    builder.BindOptions<SpotifyClientOptions>(options);
    builder.BindPart<SpotifyClientOptions, UploadSettings>(options, "Uploads", static client => client.Uploads);
    builder.BindPart<SpotifyClientOptions, PortMappingOptions>(
        options, "PortMapping", static client => client.PortMapping);
    builder.BindOptions<ControlOptions>(options);
    builder.Services
        .AddSpotifyClient()
        .AddControlApi();

    using var host = builder.Build();
    return await host.RunToEndAsync(
        Name, () => host.Services.GetRequiredService<IOptions<ControlOptions>>().Value.Socket);
});
