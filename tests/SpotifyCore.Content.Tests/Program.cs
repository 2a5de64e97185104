using SpotifyCore.Testing.Power;

return await PowerLossScenario.RunAsync(args);
