using SpotifyCore.Backend.Registration;
using SpotifyCore.Hosting.Running;

namespace SpotifyCore.AccessPoint;

/// <summary>The <c>invitation</c> command: those that the operator gives.</summary>
internal static class InvitationCommand
{
    /// <summary>How each is called, for <see cref="HostProgram.Commands"/>.</summary>
    public static readonly HostCommand[] Commands =
    [
        new("invitation make", "Makes an invitation to register, good for one account, and prints its code, once."),
        new("invitation list", "Lists the operator's invitations by the beginnings of their codes, and who took them."),
    ];

    private static readonly OperatorCommand Command = new(
        "invitation", new Dictionary<string, string[]>(StringComparer.Ordinal) { ["make"] = [], ["list"] = [] });

    public static bool IsMeant(string[] args) => args is ["invitation", ..];

    public static Task<int> RunAsync(HostProgram program, string[] args) => Command.RunAsync(
        program, args, static (words, data) => Task.FromResult(Do(words, data.Existing<InvitationStore>())));

    private static string Do(string[] words, InvitationStore invitations)
    {
        if (words is not ["make"])
            return List(invitations.List());

        var made = invitations.Make();
        return $"{made.Code}{Environment.NewLine}good for one account until {made.Expires:yyyy-MM-dd}";
    }

    private static string List(IReadOnlyList<ListedInvitation> invitations) => invitations.Count == 0
        ? "There are no invitations."
        : string.Join(Environment.NewLine, invitations.Select(static one => $"{one.Begins}...  {Fate(one)}"));

    private static string Fate(ListedInvitation invitation) => invitation switch
    {
        { Taken: null } => $"open until {invitation.Expires:yyyy-MM-dd}",
        { TakenBy: "" } => $"taken {invitation.Taken:yyyy-MM-dd} by an account that is gone",
        _ => $"taken {invitation.Taken:yyyy-MM-dd} by {invitation.TakenBy}",
    };
}
