using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Protocol.Serving;

/// <summary>Where a server puts the files that it takes in: a master node's vault. Safe for many threads.</summary>
public interface IFileIntake
{
    /// <summary>Begins to take in a file. Null when it is held whole already.</summary>
    ValueTask<IFileIntakeWriter?> BeginAsync(Manifest manifest, CancellationToken cancellationToken = default);
}
