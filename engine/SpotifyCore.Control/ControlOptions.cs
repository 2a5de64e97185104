using System.ComponentModel;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Control;

/// <summary>Where the desktop can be driven.</summary>
public sealed class ControlOptions
{
    /// <summary>Path of the Unix socket, in a directory that only its user can enter.</summary>
    [Description("The Unix socket over which spotifycore drives it, in a directory that only its user can enter.")]
    public string Socket { get; set; } = ControlSocket.DefaultPath;
}
