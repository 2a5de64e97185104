using Microsoft.Extensions.Hosting;
using SpotifyCore.Hosting.Running;
using SpotifyCore.Node.Composition;

var program = new HostProgram("spotifycore-master", "Keeps whole files of music, each on several master nodes.")
{
    Commands = [NodeIdentityFile.Command],
};

return await program.RunAsync(args, async () =>
{
    var asksId = NodeIdentityFile.IsAsked(args);
    var builder = Host.CreateEmptyApplicationBuilder(settings: null);
    var options = builder.UseStrictOptions(program, asksId ? args[1..] : args);
    builder
        .AddNode(options)
        .AddNodeVault(options)
        .AddMasterTiers()
        .AddPeerListener(options)
        .AddVaultRepair(options)
        .AddVaultDiscards(options);
    if (asksId)
        return await NodeIdentityFile.PrintAsync(program, options);

    using var host = builder.Build();
    return await host.RunToEndAsync(host.NodeAddress);
});
