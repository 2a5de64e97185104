using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SpotifyCore.Backend;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;

namespace SpotifyCore.AccessPoint;

/// <summary>What an access point keeps, as its operator's commands reach it.</summary>
/// <param name="services">The backend's.</param>
/// <param name="options">What the command was started with.</param>
internal sealed class OperatorData(IServiceProvider services, StrictOptions options)
{
    /// <summary>Options of the command's own.</summary>
    public StrictOptions Options => options;

    private BackendOptions Backend => services.GetRequiredService<IOptions<BackendOptions>>().Value;

    /// <summary>A store; where there is no access point's data yet, it is made.</summary>
    public T Made<T>()
        where T : notnull
    {
        new DataDirectory(Backend.DataDirectory) { IsForOwnerAlone = true }.Make(options);
        return services.GetRequiredService<T>();
    }

    /// <summary>A store that is there: a misspelt directory must not become an access point's.</summary>
    /// <exception cref="OptionsException">There is none.</exception>
    public T Existing<T>()
        where T : notnull =>
        Backend.Database.Length > 0 || File.Exists(Path.Combine(Backend.DataDirectory, BackendServices.DatabaseFile))
            ? services.GetRequiredService<T>()
            : throw new OptionsException(
                $"{options.NameOf(nameof(Backend.DataDirectory))}: no access point keeps its data in"
                + $" '{Backend.DataDirectory}'");
}
