using SpotifyCore.Harness.Loads;

switch (args)
{
    case ["load", var clients, var hours]:
        new LoadRun(new LoadOptions(Clients: int.Parse(clients), Hours: double.Parse(hours))).Run(Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("spotifycore-harness load CLIENTS HOURS");
        return 2;
}
