using SpotifyCore.Content;
using SpotifyCore.Harness.Commands;

const string Usage = """
    spotifycore-harness faults [--seeds 1-1000] [--clients 50] [--hours 2]
    spotifycore-harness load [--seed 1] [--clients 1000] [--hours 2] [--plays-a-day 25] [--tracks 20000]
                             [--cached-tracks 100]
    """;

try
{
    switch (args)
    {
        case ["--version"]:
            Console.WriteLine(ProductVersion.LineOf("spotifycore-harness"));
            return 0;
        case ["--help" or "-h"]:
            Console.WriteLine(Usage);
            return 0;
        case ["faults", .. var rest]:
            return FaultsCommand.Run(new CommandLine(rest), Console.Out);
        case ["load", .. var rest]:
            return LoadCommand.Run(new CommandLine(rest), Console.Out);
    }
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
}

Console.Error.WriteLine(Usage);
return 2;
