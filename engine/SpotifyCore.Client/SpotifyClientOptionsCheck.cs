using System.Net;
using Microsoft.Extensions.Options;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Playback.Output;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Client;

/// <summary>Refuses texts among the options that mean nothing, before anything is opened.</summary>
public sealed class SpotifyClientOptionsCheck : IValidateOptions<SpotifyClientOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SpotifyClientOptions options)
    {
        var wrong = new List<string>();
        if (!EndpointAddress.TryParse(options.AccessPoint, out var accessPoint))
            wrong.Add($"AccessPoint can't be '{options.AccessPoint}': it must be http://HOST:PORT or https://HOST:PORT");
        else if (options.AccessPointId.Length > 0 && accessPoint.Kind != EndpointKind.Https)
            wrong.Add("AccessPointId needs an access point at https://HOST:PORT: only TLS proves a key");

        if (options.AccessPointId.Length > 0 && !PeerId.TryParse(options.AccessPointId, out _))
            wrong.Add($"AccessPointId can't be '{options.AccessPointId}': it must be 32 hexadecimal digits");
        if (!IPAddress.TryParse(options.ListenAddress, out _))
            wrong.Add($"ListenAddress can't be '{options.ListenAddress}': it must be an IP address");
        if (options.CacheBytes is > 0 and < ChunkCacheOptions.LeastDiskBytes)
        {
            wrong.Add($"CacheBytes can't be '{options.CacheBytes}': it must be"
                + $" {ChunkCacheOptions.LeastDiskBytes >> 20}MiB or more, or 0");
        }

        if (!AudioOutputs.IsKnown(options.Output))
        {
            wrong.Add($"Output can't be '{options.Output}': it must be portaudio, portaudio:DEVICE, wav:PATH, null or"
                + " null-fast");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
