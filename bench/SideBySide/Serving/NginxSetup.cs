namespace SpotifyCore.SideBySide.Serving;

/// <summary>How an nginx is set up.</summary>
/// <param name="Directory">For its configuration and files; new.</param>
/// <param name="Tls">How it speaks TLS; null for plain TCP.</param>
/// <param name="KeepsFilesOpen">False as it comes: it opens and closes the file for every request.</param>
internal sealed record NginxSetup(string Directory, ServerTls? Tls, bool KeepsFilesOpen = false);
