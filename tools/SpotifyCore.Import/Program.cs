using SpotifyCore.CommandLine;
using SpotifyCore.Content.Text;
using SpotifyCore.Import;

var drawing = PlainTextWriter.GuardConsole();
return await ImportCommand.Create(drawing).RunAsync("spotifycore-import", args);
